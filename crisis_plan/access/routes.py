"""Signing in and out, one's own account, a lost password, « Qui peut quoi »."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from crisis_plan import clock, outbox
from crisis_plan.access import operations, queries, resets
from crisis_plan.access import sign_in as signing
from crisis_plan.access.forms import (
    ChangePasswordForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    SignInForm,
    refuse,
)
from crisis_plan.access.guard import public, signed_in
from crisis_plan.access.policy import POLICY, Role
from crisis_plan.db import slow, writing
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("access", __name__)

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
        account = signing.check_password(email=form.email.data, password=form.password.data, address=address, at=at)
    except (signing.WrongPassword, signing.MustWait) as refusal:
        refuse(form, "password", refusal)
        return invalid(SIGN_IN, form=form, status=refusal.status, **demo())
    with writing():
        signing.forget_failures(account, address=address)
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
    resets.send_reset_link(form.email.data, at=clock.now())
    return render_template("access/reset_sent.html", sends_mail=outbox.sends_mail())


@bp.get("/mot-de-passe/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    account = resets.account_for_reset(token)
    if account is None:
        return render_template("access/reset_over.html"), 410
    return render_template("access/new_password.html", form=NewPasswordForm(), account=account)


@bp.post("/mot-de-passe/<token>")
@public
@slow
def save_new_password(token: str) -> ResponseReturnValue:
    account = resets.account_for_reset(token)
    if account is None:
        return render_template("access/reset_over.html"), 410
    form = NewPasswordForm(email=account.email, name=account.name)
    if not form.validate():
        return invalid("access/new_password.html", form=form, account=account)
    with writing():
        operations.change_password(account, password=form.password.data, at=clock.now())
    login_user(account)
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
        signing.check_password(email=current_user.email, password=form.current_password.data, address=address, at=at)
    except (signing.WrongPassword, signing.MustWait) as refusal:
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


def demo() -> dict[str, Any]:
    """What the sign-in page of a demonstration adds: its accounts by role."""
    if not current_app.config["DEMO"]:
        return {"demo_accounts": ()}
    accounts = [(account, queries.described(account)) for account in queries.demo_accounts()]
    return {"demo_accounts": accounts, "demo_password": DEMO_PASSWORD}


def safe_target(target: str) -> str:
    """Where to go after signing in: the page that was asked for, if it is ours."""
    parts = urlsplit(target)
    if not target.startswith("/") or target.startswith(("//", "/\\")) or parts.scheme or parts.netloc:
        return url_for("home")
    return target
