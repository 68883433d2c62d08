"""Sets of amounts that an operator adds: never changed, withdrawn with a reason; old claims keep theirs."""

from __future__ import annotations

from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.funding import queries
from crisis_plan.funding.models import StoredRateSet
from crisis_plan.funding.rates import BUILT_IN, RateSet, amounts_json
from crisis_plan.web.formats import short_date

SUBJECT = "rate_set"


class SetRefused(RuleBroken):
    """A refusal that belongs beside the date."""

    status = 422


def add(rates: RateSet, *, by: Account, at: datetime) -> StoredRateSet:
    """Add a set that comes after those of the software. Raises `SetRefused`."""
    _refuse_the_past(rates.in_force_from)
    if any(one.in_force_from == rates.in_force_from for one in queries.rate_sets()):
        raise SetRefused("Un autre barème vaut déjà à partir de ce jour\u00a0: retirez-le d’abord s’il est faux.")
    stored = StoredRateSet(
        label=rates.label,
        in_force_from=rates.in_force_from,
        source=rates.source,
        amounts=amounts_json(rates.amounts),
        majoration_percent=rates.majoration_percent,
        majoration_members=rates.majoration_members,
        entered_at=at,
        entered_by_id=by.id,
        entered_by_name=by.name,
    )
    db.session.add(stored)
    db.session.flush()
    history.record(history.Verb.CREATED, SUBJECT, stored.id, cpts_id=None, by=by, at=at)
    db.session.flush()
    return stored


def withdraw(stored: StoredRateSet, *, reason: str, by: Account, at: datetime) -> None:
    """No amount is computed with it any more; what was submitted with it keeps it. Nothing when it is withdrawn already."""
    hold(stored)
    if stored.withdrawn_at:
        return
    stored.withdrawn_at, stored.withdrawn_by_name, stored.withdrawn_why = at, by.name, reason
    history.record(history.Verb.REMOVED, SUBJECT, stored.id, cpts_id=None, by=by, at=at)
    db.session.flush()


def _refuse_the_past(day: date) -> None:
    """Raises `SetRefused`."""
    latest = max(one.in_force_from for one in BUILT_IN)
    if day <= latest:
        raise SetRefused(f"Un barème ajouté vient après celui du logiciel, qui vaut à partir du {short_date(latest)}.")
