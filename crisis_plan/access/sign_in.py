"""Signing in: the password, and how long to wait after wrong ones."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crisis_plan.access import passwords, queries
from crisis_plan.access.models import Account, SignInDelay
from crisis_plan.access.rules import FORGOTTEN_AFTER, network_of, wait_left
from crisis_plan.db import db, write_apart
from crisis_plan.errors import RuleBroken


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
