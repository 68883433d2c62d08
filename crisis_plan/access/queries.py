"""Who is who."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from crisis_plan.access.models import Account, Invitation, Membership, Readership, SignInDelay
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts, InstitutionKind
from crisis_plan.organisations.rules import is_slug

READER_ROLE = {
    InstitutionKind.ARS: Role.ARS_READER,
    InstitutionKind.CPAM: Role.CPAM_READER,
    InstitutionKind.MSA: Role.CPAM_READER,
}


DEMO_ACCOUNTS = tuple(
    f"{name}@demo.example"
    for name in (
        *("referent", "coordination", "cellule", "adherent"),
        *("ars", "cpam", "operateur", "referent-vidourle"),
    )
)
"""Those that the demonstration opens; whoever is invited while one tries it is not listed."""


def account_of_session(session_id: str) -> Account | None:
    """Whose session this is, with what they belong to; none when their password changed since."""
    identity, _, stamp = session_id.partition(":")
    try:
        account_id = uuid.UUID(identity)
    except ValueError:
        return None
    return db.session.scalars(_who(), {"account_id": account_id, "stamp": stamp}).unique().one_or_none()


@cache
def _who() -> sa.Select[Account]:
    """Every request asks it: written once, it costs half."""
    return (
        sa.select(Account)
        .where(Account.id == sa.bindparam("account_id"), Account.session_stamp == sa.bindparam("stamp"))
        .options(
            joinedload(Account.memberships).joinedload(Membership.cpts),
            joinedload(Account.readerships).joinedload(Readership.institution),
        )
    )


def account_by_email(email: str) -> Account | None:
    return db.session.scalars(sa.select(Account).where(Account.email == email.strip().lower())).one_or_none()


def account_with_id(account_id: uuid.UUID) -> Account | None:
    return db.session.get(Account, account_id)


def names_of(account_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of these accounts; those that are no more are left out."""
    rows = db.session.execute(sa.select(Account.id, Account.name).where(Account.id.in_(account_ids)))
    return {row.id: row.name for row in rows}


def cpts_by_slug(slug: str) -> Cpts | None:
    if not is_slug(slug):
        return None
    return db.session.scalars(sa.select(Cpts).where(Cpts.slug == slug)).one_or_none()


def cpts_seen_by(account: Account, slug: str) -> Cpts | None:
    """The CPTS of this address: most often one's own, which came with the account."""
    own = (membership.cpts for membership in account.memberships if membership.cpts.slug == slug)
    return next(own, None) or cpts_by_slug(slug)


def roles_in(account: Account, cpts: Cpts) -> frozenset[Role]:
    """Roles of this account for this CPTS: its own membership, or reading for an institution of the area."""
    own = {membership.role for membership in account.memberships if membership.cpts_id == cpts.id}
    reading = {
        READER_ROLE[readership.institution.kind]
        for readership in account.readerships
        if readership.institution.covers(cpts)
    }
    return frozenset(own | reading)


def roles_anywhere(account: Account) -> frozenset[Role]:
    """Every role that this account has somewhere."""
    roles = {membership.role for membership in account.memberships}
    roles |= {READER_ROLE[readership.institution.kind] for readership in account.readerships}
    return frozenset(roles | {Role.OPERATOR}) if account.is_operator else frozenset(roles)


def members_of(cpts: Cpts) -> Sequence[Membership]:
    """The accounts of a CPTS, by name."""
    members = db.session.scalars(
        sa.select(Membership).where(Membership.cpts_id == cpts.id).options(joinedload(Membership.account))
    )
    return sorted(members, key=lambda member: folded(member.account.name))


def membership_of(cpts: Cpts, membership_id: uuid.UUID) -> Membership | None:
    return db.session.scalars(
        sa.select(Membership).where(Membership.cpts_id == cpts.id, Membership.id == membership_id)
    ).one_or_none()


def coordinators_of(cpts: Cpts) -> Sequence[Account]:
    """Who may correct the directory of a CPTS and is written to about it: coordination first, then referents."""
    found = [member for member in members_of(cpts) if member.role in (Role.COORDINATOR, Role.REFERENT)]
    return [member.account for member in sorted(found, key=lambda member: member.role is Role.REFERENT)]


def is_line_of_another(membership: Membership, contact_id: uuid.UUID) -> bool:
    """Whether this line of the directory is already that of another account of the CPTS."""
    theirs = (Membership.cpts_id == membership.cpts_id, Membership.contact_id == contact_id)
    return bool(db.session.scalar(sa.select(sa.exists().where(*theirs, Membership.id != membership.id))))


def addresses_of_others(cpts: Cpts, addresses: Collection[str], contact_id: uuid.UUID) -> Sequence[str]:
    """Of these addresses, those of accounts of the CPTS that are not tied to this line."""
    return db.session.scalars(
        sa.select(Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.cpts_id == cpts.id,
            Account.email.in_([address.strip().lower() for address in addresses]),
            sa.or_(Membership.contact_id.is_(None), Membership.contact_id != contact_id),
        )
        .order_by(Account.email)
    ).all()


def open_invitations(*, cpts_id: uuid.UUID | None, now: datetime) -> Sequence[Invitation]:
    """Invitations not yet accepted, revoked or expired: those of a CPTS, or (none) those to institutions."""
    place = Invitation.cpts_id == cpts_id if cpts_id else Invitation.institution_id.is_not(None)
    return db.session.scalars(
        sa.select(Invitation)
        .where(place, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > now)
        .options(joinedload(Invitation.institution), joinedload(Invitation.invited_by))
        .order_by(Invitation.created_at.desc())
    ).all()


def invitation_with_id(invitation_id: uuid.UUID) -> Invitation | None:
    return db.session.get(Invitation, invitation_id)


def invitation_of(cpts: Cpts, invitation_id: uuid.UUID) -> Invitation | None:
    return db.session.scalars(
        sa.select(Invitation).where(Invitation.cpts_id == cpts.id, Invitation.id == invitation_id)
    ).one_or_none()


def sign_in_delay(email: str, address: str) -> SignInDelay | None:
    return db.session.scalars(
        sa.select(SignInDelay).where(SignInDelay.email == email, SignInDelay.address == address)
    ).one_or_none()


def described(account: Account) -> str:
    """An account by its roles: « Référent de crise – CPTS de l'Exemple »."""
    roles = [f"{membership.role.label} – {membership.cpts.name}" for membership in account.memberships]
    roles += [f"{READER_ROLE[one.institution.kind].label} – {one.institution.name}" for one in account.readerships]
    return ", ".join(roles) or Role.OPERATOR.label


def demo_accounts() -> Sequence[Account]:
    """The accounts that a demo's sign-in page lists, by role."""
    accounts = db.session.scalars(
        sa.select(Account)
        .where(Account.email.in_(DEMO_ACCOUNTS))
        .options(
            selectinload(Account.memberships).joinedload(Membership.cpts),
            selectinload(Account.readerships).joinedload(Readership.institution),
        )
    ).all()
    order = list(Role)
    return sorted(
        accounts, key=lambda one: (min(map(order.index, roles_anywhere(one)), default=len(order)), one.email.split("@"))
    )
