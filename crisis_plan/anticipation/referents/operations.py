"""Appointing the referents, and ending their duty."""

from __future__ import annotations

from datetime import date, datetime

from crisis_plan.access.models import Account
from crisis_plan.anticipation.referents import queries, tenure
from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.tenure import Appointment, Trace
from crisis_plan.db import hold
from crisis_plan.organisations.models import Cpts

SUBJECT = "referent"


def appoint(cpts: Cpts, appointment: Appointment, *, by: Account, at: datetime) -> ReferentDuty:
    """Name a referent. Raises `RankHeld`, `OwnDeputy` or `EndsBeforeItStarts`."""
    hold(cpts)
    duty = ReferentDuty(cpts_id=cpts.id)
    tenure.begin(duty, appointment, queries.duties(cpts), trace=Trace(SUBJECT, cpts.id, by, at))
    return duty


def change(
    cpts: Cpts,
    duty: ReferentDuty,
    appointment: Appointment,
    *,
    seen_version: int,
    today: date,
    by: Account,
    at: datetime,
) -> None:
    """Correct a duty that is not over. Raises `IsHistory`, `Stale`, and as `appoint`."""
    hold(cpts)
    trace = Trace(SUBJECT, cpts.id, by, at)
    tenure.change(duty, appointment, queries.duties(cpts), seen_version=seen_version, today=today, trace=trace)


def end(cpts: Cpts, duty: ReferentDuty, *, on: date, seen_version: int, today: date, by: Account, at: datetime) -> None:
    """Set the last day of a duty. Raises `IsHistory`, `Stale`, `EndsBeforeItStarts` or `RankHeld`."""
    hold(cpts)
    trace = Trace(SUBJECT, cpts.id, by, at)
    tenure.end(duty, queries.duties(cpts), on=on, seen_version=seen_version, today=today, trace=trace)


def remove(duty: ReferentDuty, *, today: date, by: Account, at: datetime) -> None:
    """Take back a duty that never began. Raises `HasStarted`."""
    tenure.remove(duty, today=today, trace=Trace(SUBJECT, duty.cpts_id, by, at))
