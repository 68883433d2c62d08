"""Personal links that give a role to whoever holds the address."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, render_template, url_for

from crisis_plan import history, outbox
from crisis_plan.access import queries, tokens
from crisis_plan.access.models import Account, Invitation
from crisis_plan.access.operations import AlreadyMember, give_reading, give_role
from crisis_plan.access.policy import CPTS_ROLES, Role
from crisis_plan.access.rules import INVITATION_LASTS
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts, Institution


class InvitationOver(RuleBroken):
    status = 410

    def __str__(self) -> str:
        return (
            "Cette invitation a déjà servi, a été retirée ou a expiré. Demandez-en une nouvelle à qui vous l’a envoyée."
        )


def invite(
    *,
    email: str,
    name: str,
    role: Role,
    by: Account,
    at: datetime,
    cpts: Cpts | None = None,
    institution: Institution | None = None,
) -> Invitation:
    """Invite someone to a role in a CPTS, or to read for an institution; a message leaves with the link.

    Raises `AlreadyMember` when they are there already.
    """
    if (cpts is not None and role in CPTS_ROLES) == (institution is not None):
        raise ValueError("a role in a CPTS, or reading for an institution")
    _refuse_known(email, cpts=cpts, institution=institution)
    invitation = Invitation(
        email=email,
        name=name,
        role=role,
        cpts=cpts,
        institution=institution,
        invited_by_id=by.id,
        created_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    db.session.add(invitation)
    db.session.flush()
    cpts_id = cpts.id if cpts else None
    history.record(history.Verb.INVITED, "invitation", invitation.id, cpts_id=cpts_id, by=by, at=at, fields=[role])
    outbox.post(
        to=email,
        subject="Votre accès au plan de crise",
        body=render_template("mail/invitation.txt", invitation=invitation, by=by, link=invitation_link(invitation)),
        at=at,
        cpts_id=cpts_id,
    )
    return invitation


def _refuse_known(email: str, *, cpts: Cpts | None, institution: Institution | None) -> None:
    account = queries.account_by_email(email)
    if account is None:
        return
    if cpts and any(membership.cpts_id == cpts.id for membership in account.memberships):
        raise AlreadyMember
    if institution and any(readership.institution_id == institution.id for readership in account.readerships):
        raise AlreadyMember


def invitation_link(invitation: Invitation) -> str:
    """The absolute address of an invitation."""
    path = url_for("access.invitation", token=tokens.for_invitation(invitation))
    return f"{current_app.config['PUBLIC_ADDRESS']}{path}"


def invitation_for(token: str, *, at: datetime) -> Invitation:
    """The invitation behind a link. Raises `InvitationOver` when it can no longer be used."""
    invitation_id = tokens.invitation_id(token)
    invitation = queries.invitation_with_id(invitation_id) if invitation_id else None
    if invitation is None or not is_open(invitation, at):
        raise InvitationOver
    return invitation


def is_open(invitation: Invitation, at: datetime) -> bool:
    """Whether the invitation may still be accepted."""
    return not invitation.accepted_at and not invitation.revoked_at and invitation.expires_at > at


def accept_invitation(invitation: Invitation, account: Account, *, at: datetime) -> None:
    """Give the invited role to this account; the link is spent. Raises `InvitationOver` when it was spent meanwhile."""
    hold(invitation)
    if not is_open(invitation, at):
        raise InvitationOver
    invitation.accepted_at = at
    if invitation.cpts:
        give_role(account, invitation.cpts, invitation.role, by=invitation.invited_by, at=at)
    elif invitation.institution:
        give_reading(account, invitation.institution, by=invitation.invited_by, at=at)
    db.session.flush()


def revoke_invitation(invitation: Invitation, *, by: Account, at: datetime) -> None:
    """The link stops working."""
    invitation.revoked_at = at
    history.record(history.Verb.REVOKED, "invitation", invitation.id, cpts_id=invitation.cpts_id, by=by, at=at)
    db.session.flush()
