"""Opening, closing and protecting accounts."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app, render_template, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crisis_plan import history, outbox
from crisis_plan.access import passwords, queries, tokens
from crisis_plan.access.models import Account, Invitation, Membership, Readership, SignInDelay
from crisis_plan.access.policy import CPTS_ROLES, Role
from crisis_plan.access.rules import BETWEEN_RESETS, FORGOTTEN_AFTER, INVITATION_LASTS, network_of, wait_left
from crisis_plan.db import db, hold, write_apart
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts, Institution

RESET_SUBJECT = "Choisir un nouveau mot de passe"


class InvitationOver(RuleBroken):
    status = 410

    def __str__(self) -> str:
        return (
            "Cette invitation a déjà servi, a été retirée ou a expiré. Demandez-en une nouvelle à qui vous l’a envoyée."
        )


class AlreadyMember(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette personne a déjà un compte ici. Retirez d’abord son accès pour lui donner un autre rôle."


class LastReferent(RuleBroken):
    status = 409

    def __str__(self) -> str:
        return "C’est le dernier compte référent de la CPTS : invitez-en un autre avant de retirer celui-ci."


class HoldsMore(RuleBroken):
    status = 409

    def __str__(self) -> str:
        return "Ce compte a aussi des droits ailleurs : seul l’exploitant du service peut lui donner un lien de mot de passe."


class WrongPassword(RuleBroken):
    """The account and the password do not go together; it is not said which is wrong."""

    status = 422

    about_current = "Ce n’est pas votre mot de passe actuel."

    def __str__(self) -> str:
        return "Adresse ou mot de passe incorrect."


class MustWait(RuleBroken):
    status = 429

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.seconds = max(1, round(wait.total_seconds()))
        self.about_current = str(self)

    def __str__(self) -> str:
        wait = f"{self.seconds} s" if self.seconds < 90 else f"{round(self.seconds / 60)} min"
        return f"Trop d’essais depuis cette connexion. Réessayez dans {wait}."


def check_password(*, email: str, password: str, address: str, at: datetime) -> Account:
    """The account that these go together for. Raises `WrongPassword` or `MustWait`; failures outlive the refusal."""
    email, address = email.strip().lower(), network_of(address)
    delay = queries.sign_in_delay(email, address)
    if delay and (wait := wait_left(delay.failures, delay.last_failed_at, at)):
        raise MustWait(wait)
    account = queries.account_by_email(email)
    if not passwords.is_right(password, account.password_hash if account else None) or account is None:
        write_apart(lambda session: _note_failure(session, email=email, address=address, at=at))
        raise WrongPassword
    return account


def forget_failures(account: Account, *, address: str) -> None:
    """A right password ends the delays of this account at this address."""
    here = network_of(address)
    db.session.execute(sa.delete(SignInDelay).where(SignInDelay.email == account.email, SignInDelay.address == here))


def forget_old_failures(at: datetime) -> int:
    """Delays that no longer delay anyone."""
    result = db.session.execute(sa.delete(SignInDelay).where(SignInDelay.last_failed_at < at - FORGOTTEN_AFTER))
    return result.rowcount  # type: ignore[attr-defined, no-any-return]


def _note_failure(session: Session, *, email: str, address: str, at: datetime) -> None:
    """Count one more failure; two at the same moment both count."""
    mine = sa.and_(SignInDelay.email == email, SignInDelay.address == address)
    one_more = sa.case((SignInDelay.last_failed_at < at - FORGOTTEN_AFTER, 1), else_=SignInDelay.failures + 1)
    count = sa.update(SignInDelay).where(mine).values(failures=one_more, last_failed_at=at).returning(SignInDelay.id)
    if session.scalar(count):
        return
    try:
        with session.begin_nested():
            session.add(SignInDelay(email=email, address=address, failures=1, last_failed_at=at))
    except IntegrityError:
        session.scalar(count)


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


def give_reading(account: Account, institution: Institution, *, by: Account, at: datetime) -> Readership:
    """Let this account read for an institution. Raises `AlreadyMember`."""
    if any(readership.institution_id == institution.id for readership in account.readerships):
        raise AlreadyMember
    readership = Readership(account=account, institution_id=institution.id, added_at=at)
    db.session.add(readership)
    db.session.flush()
    history.record(history.Verb.CREATED, "readership", readership.id, cpts_id=None, by=by, at=at)
    return readership


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


def send_reset_link(email: str, *, at: datetime) -> None:
    """Send a link to choose a new password, if someone has this address; nobody is told whether.

    One message every few minutes at most: a mailbox is not to be filled by strangers.
    """
    account = queries.account_by_email(email)
    if account is None or outbox.posted_since(account.email, RESET_SUBJECT, at - BETWEEN_RESETS):
        return
    body = render_template("mail/reset.txt", account=account, link=reset_link(account))
    outbox.post(to=account.email, subject=RESET_SUBJECT, body=body, at=at)


def reset_link(account: Account) -> str:
    """The absolute address at which this account chooses a new password."""
    path = url_for("access.new_password", token=tokens.for_reset(account))
    return f"{current_app.config['PUBLIC_ADDRESS']}{path}"


def reset_link_for_member(membership: Membership, *, by: Account, at: datetime) -> str:
    """A link that a referent hands over, where no mail can be sent.

    Raises `HoldsMore` when the account has rights elsewhere: a link would open those too.
    """
    account = membership.account
    if account.is_operator or len(account.memberships) > 1 or account.readerships:
        raise HoldsMore
    cpts_id = membership.cpts_id
    history.record(history.Verb.INVITED, "password", account.id, cpts_id=cpts_id, by=by, at=at)
    db.session.flush()
    return reset_link(account)


def account_for_reset(token: str) -> Account | None:
    """Whose password a reset link may change; none when it is spent or too old."""
    claim = tokens.reset_claim(token)
    if claim is None:
        return None
    account_id, stamp = claim
    account = queries.account_with_id(account_id)
    return account if account and account.session_stamp == stamp else None
