"""Signing in and out, one's own account, invitations, « Qui peut quoi »."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from crisis_plan import clock, outbox
from crisis_plan.access import operations, queries
from crisis_plan.access.forms import (
    AcceptForm,
    ChangePasswordForm,
    ForgottenPasswordForm,
    InviteForm,
    NewPasswordForm,
    SignInForm,
    refuse,
)
from crisis_plan.access.guard import public, requires, signed_in
from crisis_plan.access.models import Account, Invitation
from crisis_plan.access.policy import POLICY, Permission, Role
from crisis_plan.db import slow, writing
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("access", __name__)
cpts_bp = Blueprint("accounts", __name__)

SIGN_IN = "access/sign_in.html"
ACCOUNTS = "access/accounts.html"
INVITE = "access/invite.html"
INVITATION = "access/invitation.html"
MY_ACCOUNT = "access/my_account.html"
DEMO_PASSWORD = "demo-crise-2026"
REMEMBERED_FOR = timedelta(days=90)


@bp.get("/connexion")
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_target(request.args.get("suite", "")))
    return render_template(SIGN_IN, form=SignInForm(target=request.args.get("suite", "")), **demo())


@bp.post("/connexion")
@public
@slow
def check_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return invalid(SIGN_IN, form=form, **demo())
    address, at = request.remote_addr or "", clock.now()
    try:
        account = operations.check_password(email=form.email.data, password=form.password.data, address=address, at=at)
    except (operations.WrongPassword, operations.MustWait) as refusal:
        refuse(form, "password", refusal)
        return invalid(SIGN_IN, form=form, status=refusal.status, **demo())
    with writing():
        operations.forget_failures(account, address=address)
    login_user(account, remember=form.remember.data, duration=REMEMBERED_FOR)
    return redirect(safe_target(form.target.data or ""), 303)


@bp.post("/deconnexion")
@signed_in
def sign_out() -> ResponseReturnValue:
    session.clear()
    logout_user()  # after: it leaves in the session the order to forget the remembered cookie
    return redirect(url_for(".sign_in"), 303)


@bp.get("/mot-de-passe/oublie")
@public
def forgotten_password() -> ResponseReturnValue:
    return render_template("access/forgotten.html", form=ForgottenPasswordForm())


@bp.post("/mot-de-passe/oublie")
@public
def ask_for_reset() -> ResponseReturnValue:
    form = ForgottenPasswordForm()
    if not form.validate():
        return invalid("access/forgotten.html", form=form)
    operations.send_reset_link(form.email.data, at=clock.now())
    return render_template("access/reset_sent.html", sends_mail=outbox.sends_mail())


@bp.get("/mot-de-passe/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    account = operations.account_for_reset(token)
    if account is None:
        return render_template("access/reset_over.html"), 410
    return render_template("access/new_password.html", form=NewPasswordForm(), account=account)


@bp.post("/mot-de-passe/<token>")
@public
@slow
def save_new_password(token: str) -> ResponseReturnValue:
    account = operations.account_for_reset(token)
    if account is None:
        return render_template("access/reset_over.html"), 410
    form = NewPasswordForm(email=account.email, name=account.name)
    if not form.validate():
        return invalid("access/new_password.html", form=form, account=account)
    with writing():
        operations.change_password(account, password=form.password.data, at=clock.now())
    login_user(account)
    return redirect(url_for("home"), 303)


@bp.get("/invitation/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    invited = operations.invitation_for(token, at=clock.now())
    known = queries.account_by_email(invited.email)
    form = AcceptForm(data={"name": invited.name})
    return render_template(INVITATION, invitation=invited, known=known, form=form, token=token)


@bp.post("/invitation/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    """A new person chooses a password; someone who has an account accepts while signed in to it."""
    at = clock.now()
    invited = operations.invitation_for(token, at=at)
    known = queries.account_by_email(invited.email)
    if known is None:
        form = AcceptForm(email=invited.email)
        if not form.validate():
            return invalid(INVITATION, invitation=invited, known=None, form=form, token=token)
        known = operations.open_account(email=invited.email, name=form.name.data, password=form.password.data, at=at)
        login_user(known)
    elif not current_user.is_authenticated or current_user.id != known.id:
        return redirect(url_for(".sign_in", suite=url_for(".invitation", token=token)), 303)
    operations.accept_invitation(invited, known, at=at)
    return redirect(url_for("home"), 303)


@bp.get("/mon-compte")
@signed_in
def my_account() -> ResponseReturnValue:
    return render_template(MY_ACCOUNT, form=ChangePasswordForm())


@bp.post("/mon-compte")
@signed_in
@slow
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm(email=current_user.email, name=current_user.name)
    if not form.validate():
        return invalid(MY_ACCOUNT, form=form)
    address, at = request.remote_addr or "", clock.now()
    try:
        operations.check_password(email=current_user.email, password=form.current_password.data, address=address, at=at)
    except (operations.WrongPassword, operations.MustWait) as refusal:
        refuse(form, "current_password", refusal.about_current)
        return invalid(MY_ACCOUNT, form=form, status=refusal.status)
    with writing():
        operations.change_password(current_user, password=form.password.data, at=at)
    login_user(current_user)
    return redirect(url_for(".my_account", change="fait"), 303)


@bp.post("/mon-compte/deconnecter-partout")
@signed_in
def end_every_session() -> ResponseReturnValue:
    operations.end_every_session(current_user, at=clock.now())
    login_user(current_user)
    return done(said="Vos autres appareils sont déconnectés.", otherwise=url_for(".my_account"))


@bp.get("/qui-peut-quoi")
@signed_in
def who_may() -> ResponseReturnValue:
    return render_template("access/who_may.html", policy=POLICY, roles=list(Role))


@cpts_bp.get("/")
@requires(Permission.INVITE)
def show(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ACCOUNTS, **accounts_page(cpts))


@cpts_bp.get("/inviter")
@requires(Permission.INVITE)
def invite(cpts: Cpts) -> ResponseReturnValue:
    proposed = {"name": request.args.get("nom", ""), "email": request.args.get("courriel", "")}
    return render_template(INVITE, form=InviteForm(formdata=None, role=request.args.get("role"), **proposed))


@cpts_bp.post("/inviter")
@requires(Permission.INVITE)
@creates_once
def send_invitation(cpts: Cpts) -> ResponseReturnValue:
    form = InviteForm()
    if not form.validate():
        return invalid(INVITE, form=form)
    role = Role(form.role.data)
    try:
        operations.invite(
            email=form.email.data, name=form.name.data, role=role, cpts=cpts, by=current_user, at=clock.now()
        )
    except operations.AlreadyMember as refusal:
        refuse(form, "email", refusal)
        return invalid(INVITE, form=form)
    return done(otherwise=url_for(".show"))


@cpts_bp.post("/invitations/<uuid:invitation_id>/retirer")
@requires(Permission.INVITE)
def revoke_invitation(cpts: Cpts, invitation_id: UUID) -> ResponseReturnValue:
    invited = queries.invitation_of(cpts, invitation_id) or abort(404)
    operations.revoke_invitation(invited, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show"))


@cpts_bp.post("/comptes/<uuid:membership_id>/retirer")
@requires(Permission.INVITE)
def revoke_membership(cpts: Cpts, membership_id: UUID) -> ResponseReturnValue:
    membership = queries.membership_of(cpts, membership_id) or abort(404)
    operations.revoke_membership(membership, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show"))


@cpts_bp.post("/comptes/<uuid:membership_id>/lien-de-mot-de-passe")
@requires(Permission.INVITE)
def reset_link(cpts: Cpts, membership_id: UUID) -> ResponseReturnValue:
    """Where no mail can be sent: a link to hand over, shown once to the referent who asked for it."""
    membership = queries.membership_of(cpts, membership_id) or abort(404)
    link = operations.reset_link_for_member(membership, by=current_user, at=clock.now())
    return render_template("access/reset_link.html", account=membership.account, link=link)


def demo() -> dict[str, Any]:
    """What the sign-in page of a demonstration adds: its accounts by role."""
    if not current_app.config["DEMO"]:
        return {"demo_accounts": ()}
    accounts = [(account, queries.described(account)) for account in queries.demo_accounts()]
    return {"demo_accounts": accounts, "demo_password": DEMO_PASSWORD}


def accounts_page(cpts: Cpts) -> dict[str, Any]:
    """What the page of a CPTS's accounts shows: a link only to who created it."""
    invitations = queries.open_invitations(cpts_id=cpts.id, now=clock.now())
    return {"members": queries.members_of(cpts), "invitations": shown_links(invitations, current_user)}


def shown_links(invitations: Iterable[Invitation], viewer: Account) -> list[tuple[Invitation, str]]:
    """Each invitation with its link where the viewer is the inviter, else without."""
    return [
        (invited, operations.invitation_link(invited) if invited.invited_by_id == viewer.id else "")
        for invited in invitations
    ]


def safe_target(target: str) -> str:
    """Where to go after signing in: the page that was asked for, if it is ours."""
    parts = urlsplit(target)
    if not target.startswith("/") or target.startswith(("//", "/\\")) or parts.scheme or parts.netloc:
        return url_for("home")
    return target
