"""For whom an account speaks of a plan: the CPTS itself, or an institution of the area."""

from __future__ import annotations

from crisis_plan.access import queries as accounts
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Permission, may
from crisis_plan.opinions.models import Opinion
from crisis_plan.organisations.models import Cpts, Institution


def answers_for(account: Account, cpts: Cpts) -> bool:
    """Whether this account answers in the name of the CPTS."""
    return may(accounts.roles_in(account, cpts), Permission.EDIT_PLAN)


def institutions_of(account: Account, cpts: Cpts) -> list[Institution]:
    """The institutions for which this account reads the CPTS."""
    return [one.institution for one in account.readerships if one.institution.covers(cpts)]


def institution_of(account: Account, cpts: Cpts) -> Institution | None:
    """The institution for which this account speaks here; none: it speaks for the CPTS."""
    return None if answers_for(account, cpts) else next(iter(institutions_of(account, cpts)), None)


def may_continue(account: Account, cpts: Cpts, opinion: Opinion) -> bool:
    """Whether this account has its word in this conversation.

    The CPTS always has; an institution in those that it began, whoever of it did, and in those that the CPTS began.
    Another institution leaves an opinion of its own: its agreement would hide what the first one still waits for.
    """
    began = opinion.messages[0].institution_id
    return began is None or answers_for(account, cpts) or began in {one.id for one in institutions_of(account, cpts)}
