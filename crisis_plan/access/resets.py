"""Choosing a new password when the old one is lost."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, render_template, url_for

from crisis_plan import history, outbox
from crisis_plan.access import queries, tokens
from crisis_plan.access.models import Account, Membership
from crisis_plan.access.rules import BETWEEN_RESETS
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken

RESET_SUBJECT = "Choisir un nouveau mot de passe"


class HoldsMore(RuleBroken):
    status = 409

    def __str__(self) -> str:
        return "Ce compte a aussi des droits ailleurs : seul l’exploitant du service peut lui donner un lien de mot de passe."


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
