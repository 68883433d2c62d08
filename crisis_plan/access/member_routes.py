"""The accounts of a CPTS: who has one, inviting, ending an access."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access import invitations, operations, queries, resets
from crisis_plan.access.forms import (
    InviteForm,
    refuse,
)
from crisis_plan.access.guard import requires
from crisis_plan.access.models import Account, Invitation
from crisis_plan.access.policy import Permission, Role
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("accounts", __name__)

ACCOUNTS = "access/accounts.html"
INVITE = "access/invite.html"


@bp.get("/")
@requires(Permission.INVITE)
def show(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ACCOUNTS, **accounts_page(cpts))


@bp.get("/inviter")
@requires(Permission.INVITE)
def invite(cpts: Cpts) -> ResponseReturnValue:
    proposed = {"name": request.args.get("nom", ""), "email": request.args.get("courriel", "")}
    return render_template(INVITE, form=InviteForm(formdata=None, role=request.args.get("role"), **proposed))


@bp.post("/inviter")
@requires(Permission.INVITE)
@creates_once
def send_invitation(cpts: Cpts) -> ResponseReturnValue:
    form = InviteForm()
    if not form.validate():
        return invalid(INVITE, form=form)
    role = Role(form.role.data)
    try:
        invitations.invite(
            email=form.email.data, name=form.name.data, role=role, cpts=cpts, by=current_user, at=clock.now()
        )
    except operations.AlreadyMember as refusal:
        refuse(form, "email", refusal)
        return invalid(INVITE, form=form)
    return done(otherwise=url_for(".show"))


@bp.post("/invitations/<uuid:invitation_id>/retirer")
@requires(Permission.INVITE)
def revoke_invitation(cpts: Cpts, invitation_id: UUID) -> ResponseReturnValue:
    invited = queries.invitation_of(cpts, invitation_id) or abort(404)
    invitations.revoke_invitation(invited, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show"))


@bp.post("/comptes/<uuid:membership_id>/retirer")
@requires(Permission.INVITE)
def revoke_membership(cpts: Cpts, membership_id: UUID) -> ResponseReturnValue:
    membership = queries.membership_of(cpts, membership_id) or abort(404)
    operations.revoke_membership(membership, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show"))


@bp.post("/comptes/<uuid:membership_id>/detacher")
@requires(Permission.INVITE)
def untie(cpts: Cpts, membership_id: UUID) -> ResponseReturnValue:
    """The account was tied to the line of somebody else."""
    membership = queries.membership_of(cpts, membership_id) or abort(404)
    operations.untie_contact(membership, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show"), said="Le compte n’est plus rattaché à une fiche de l’annuaire.")


@bp.post("/comptes/<uuid:membership_id>/lien-de-mot-de-passe")
@requires(Permission.INVITE)
def reset_link(cpts: Cpts, membership_id: UUID) -> ResponseReturnValue:
    """Where no mail can be sent: a link to hand over, shown once to the referent who asked for it."""
    membership = queries.membership_of(cpts, membership_id) or abort(404)
    link = resets.reset_link_for_member(membership, by=current_user, at=clock.now())
    return render_template("access/reset_link.html", account=membership.account, link=link)


def accounts_page(cpts: Cpts) -> dict[str, Any]:
    """What the page of a CPTS's accounts shows: a link only to who created it."""
    waiting = queries.open_invitations(cpts_id=cpts.id, now=clock.now())
    return {"members": queries.members_of(cpts), "invitations": shown_links(waiting, current_user)}


def shown_links(waiting: Iterable[Invitation], viewer: Account) -> list[tuple[Invitation, str]]:
    """Each invitation with its link where the viewer is the inviter, else without."""
    return [
        (invited, invitations.invitation_link(invited) if invited.invited_by_id == viewer.id else "")
        for invited in waiting
    ]
