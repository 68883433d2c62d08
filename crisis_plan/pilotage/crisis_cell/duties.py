"""Naming who holds a function of the cell, and ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from crisis_plan.access.models import Account
from crisis_plan.anticipation.referents import tenure
from crisis_plan.anticipation.referents.tenure import Appointment, Trace
from crisis_plan.db import db, hold
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction

SUBJECT = "cell_duty"


def appoint(function: CellFunction, appointment: Appointment, *, by: Account, at: datetime) -> CellDuty:
    """Name who holds a function. Raises `RankHeld`, `OwnDeputy` or `EndsBeforeItStarts`."""
    duty = CellDuty(function_id=function.id)
    trace = Trace(SUBJECT, function.cpts_id, by, at)
    tenure.begin(duty, appointment, _held(function), trace=trace)
    return duty


def change(
    duty: CellDuty,
    appointment: Appointment,
    *,
    seen_version: int,
    today: date,
    by: Account,
    at: datetime,
) -> None:
    """Correct a duty that is not over. Raises `IsHistory`, `Stale`, and as `appoint`."""
    trace = Trace(SUBJECT, duty.function.cpts_id, by, at)
    others = _held(duty.function)
    tenure.change(duty, appointment, others, seen_version=seen_version, today=today, trace=trace)


def end(duty: CellDuty, *, on: date, seen_version: int, today: date, by: Account, at: datetime) -> None:
    """Set the last day of a duty. Raises `IsHistory`, `Stale`, `EndsBeforeItStarts` or `RankHeld`."""
    trace = Trace(SUBJECT, duty.function.cpts_id, by, at)
    tenure.end(duty, _held(duty.function), on=on, seen_version=seen_version, today=today, trace=trace)


def remove(duty: CellDuty, *, today: date, by: Account, at: datetime) -> None:
    """Take back a duty that never began. Raises `HasStarted`."""
    tenure.remove(duty, today=today, trace=Trace(SUBJECT, duty.function.cpts_id, by, at))


def _held(function: CellFunction) -> Sequence[CellDuty]:
    """Who holds it, read under a lock: two people who appoint at the same moment see each other's choice."""
    hold(function)
    held = sa.select(CellDuty).where(CellDuty.function_id == function.id).options(selectinload(CellDuty.contact))
    return db.session.scalars(held.execution_options(populate_existing=True)).all()
