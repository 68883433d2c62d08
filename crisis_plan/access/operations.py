"""Opening accounts, giving and ending their roles."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access import passwords, queries
from crisis_plan.access.models import Account, Invitation, Membership, Readership
from crisis_plan.access.policy import Role
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts, Institution


class AlreadyMember(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette personne a déjà un compte ici. Retirez d’abord son accès pour lui donner un autre rôle."


class LineTaken(RuleBroken):
    """A line of the directory is one person's, who has one account in the CPTS."""

    def __str__(self) -> str:
        return (
            "Cette fiche de l’annuaire est déjà rattachée à un autre compte. Demandez à un référent de crise de la "
            "détacher, sur la page « Accès »."
        )


class LastReferent(RuleBroken):
    status = 409

    def __str__(self) -> str:
        return "C’est le dernier compte référent de la CPTS : invitez-en un autre avant de retirer celui-ci."


def open_account(*, email: str, name: str, password: str, at: datetime, is_operator: bool = False) -> Account:
    """A new account, with its password."""
    account = Account(
        email=email.strip().lower(),
        name=name,
        password_hash=passwords.hashed(password),
        session_stamp=secrets.token_hex(16),
        is_operator=is_operator,
        created_at=at,
    )
    db.session.add(account)
    db.session.flush()
    history.record(history.Verb.CREATED, "account", account.id, cpts_id=None, by=account, at=at)
    return account


def change_password(account: Account, *, password: str, at: datetime) -> None:
    """Set a new password; every other session of this account ends."""
    account.password_hash = passwords.hashed(password)
    account.session_stamp = secrets.token_hex(16)
    history.record(history.Verb.CHANGED, "account", account.id, cpts_id=None, by=account, at=at, fields=["password"])
    db.session.flush()


def end_every_session(account: Account, *, at: datetime) -> None:
    """Sign this account out of every device; the one in hand signs in again."""
    account.session_stamp = secrets.token_hex(16)
    history.record(history.Verb.CHANGED, "account", account.id, cpts_id=None, by=account, at=at, fields=["sessions"])
    db.session.flush()


def give_role(account: Account, cpts: Cpts, role: Role, *, by: Account, at: datetime) -> Membership:
    """Make this account a member of a CPTS. Raises `AlreadyMember`."""
    if any(membership.cpts_id == cpts.id for membership in account.memberships):
        raise AlreadyMember
    membership = Membership(account=account, cpts_id=cpts.id, role=role, added_at=at)
    db.session.add(membership)
    db.session.flush()
    history.record(history.Verb.CREATED, "membership", membership.id, cpts_id=cpts.id, by=by, at=at, fields=[role])
    return membership


def tie_contact(membership: Membership, contact_id: uuid.UUID, *, by: Account, at: datetime) -> None:
    """Say which line of the CPTS's directory is this account's own. Raises `LineTaken` when it is another's."""
    hold(membership.cpts)
    hold(membership)
    if queries.is_line_of_another(membership, contact_id):
        raise LineTaken
    _tie(membership, contact_id, by=by, at=at)


def untie_contact(membership: Membership, *, by: Account, at: datetime) -> None:
    """No line of the directory is this account's own any more; already so changes nothing."""
    hold(membership)
    if membership.contact_id is not None:
        _tie(membership, None, by=by, at=at)


def _tie(membership: Membership, contact_id: uuid.UUID | None, *, by: Account, at: datetime) -> None:
    membership.contact_id = contact_id
    history.record(
        history.Verb.CHANGED,
        "membership",
        membership.id,
        cpts_id=membership.cpts_id,
        by=by,
        at=at,
        fields=["contact_id"],
    )
    db.session.flush()


def give_reading(account: Account, institution: Institution, *, by: Account, at: datetime) -> Readership:
    """Let this account read for an institution. Raises `AlreadyMember`."""
    if any(readership.institution_id == institution.id for readership in account.readerships):
        raise AlreadyMember
    readership = Readership(account=account, institution_id=institution.id, added_at=at)
    db.session.add(readership)
    db.session.flush()
    history.record(history.Verb.CREATED, "readership", readership.id, cpts_id=None, by=by, at=at)
    return readership


def revoke_membership(membership: Membership, *, by: Account, at: datetime) -> None:
    """End an account's role in a CPTS, and the invitations that it sent there.

    Raises `LastReferent`: someone must be able to publish and invite.
    """
    hold(membership.cpts)
    members = queries.members_of(membership.cpts)
    if membership.role is Role.REFERENT and sum(member.role is Role.REFERENT for member in members) == 1:
        raise LastReferent
    history.record(history.Verb.REVOKED, "membership", membership.id, cpts_id=membership.cpts_id, by=by, at=at)
    db.session.execute(
        sa.update(Invitation)
        .where(
            Invitation.cpts_id == membership.cpts_id,
            Invitation.invited_by_id == membership.account_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
    db.session.delete(membership)
    db.session.flush()
