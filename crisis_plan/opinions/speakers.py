"""For whom an account speaks of a plan: the CPTS itself, or an institution of the area."""

from __future__ import annotations

from crisis_plan.access import queries as accounts
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Permission, may
from crisis_plan.opinions.models import Opinion
from crisis_plan.organisations.models import Cpts


def answers_for(account: Account, cpts: Cpts) -> bool:
    """Whether this account answers in the name of the CPTS."""
    return may(accounts.roles_in(account, cpts), Permission.EDIT_PLAN)


def institutions_of(account: Account, cpts: Cpts) -> list[str]:
    """The names of the institutions for which this account reads the CPTS."""
    return [one.institution.name for one in account.readerships if one.institution.covers(cpts)]


def body_of(account: Account, cpts: Cpts) -> str:
    """The name under which this account speaks here."""
    return cpts.name if answers_for(account, cpts) else next(iter(institutions_of(account, cpts)), "")


def may_continue(account: Account, cpts: Cpts, opinion: Opinion) -> bool:
    """Whether this account has its word in this conversation.

    The CPTS always has; an institution in those that it began, whoever of it did, and in those that the CPTS began.
    Another institution leaves an opinion of its own: its agreement would hide what the first one still waits for.
    """
    if answers_for(account, cpts):
        return True
    began, mine = opinion.messages[0], set(institutions_of(account, cpts))
    if began.body in mine or began.author_id == account.id:
        return True
    opener = accounts.account_with_id(began.author_id)
    return opener is not None and (answers_for(opener, cpts) or not mine.isdisjoint(institutions_of(opener, cpts)))
