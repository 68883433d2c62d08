"""Crises of which the cell may have to be reminded, and who is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from crisis_plan.access import queries as access
from crisis_plan.anticipation.directory.loading import reachable
from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell.functions import PILOT
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.reminders.rules import due


@dataclass(frozen=True)
class Told:
    """Someone to write to."""

    name: str
    address: str


def to_remind(now: datetime) -> Sequence[uuid.UUID]:
    """The crises of every CPTS that are silent, or late for their point; one statement."""
    last = sa.select(LogbookEntry.crisis_id, sa.func.max(LogbookEntry.entered_at).label("entered_at"))
    last = last.where(LogbookEntry.part == Part.MAIN).group_by(LogbookEntry.crisis_id)
    newest = last.subquery()
    rows = db.session.execute(
        sa.select(Crisis, newest.c.entered_at)
        .outerjoin(newest, newest.c.crisis_id == Crisis.id)
        .where(Crisis.closed_at.is_(None))
        .order_by(Crisis.opened_at, Crisis.id)
    )
    return [crisis.id for crisis, entered_at in rows if due(crisis, entered_at, now)]


def crisis_with_id(crisis_id: uuid.UUID) -> Crisis:
    """The crisis and its CPTS."""
    return db.session.scalars(sa.select(Crisis).where(Crisis.id == crisis_id).options(joinedload(Crisis.cpts))).one()


def whom_to_remind(crisis: Crisis, now: datetime) -> Sequence[Told]:
    """Who keeps the pen, the pilots on duty, coordination and referents: each once."""
    pen = access.account_with_id(crisis.pen_account_id) if crisis.pen_account_id else None
    accounts = [*([pen] if pen else []), *access.coordinators_of(crisis.cpts)]
    found = [*(Told(one.name, one.email) for one in accounts), *_pilots(crisis, now)]
    return list({one.address.lower(): one for one in reversed(found)}.values())[::-1]


def _pilots(crisis: Crisis, now: datetime) -> Iterator[Told]:
    on_duty = Shift.starts_at <= now, sa.or_(Shift.ends_at.is_(None), Shift.ends_at > now)
    query = sa.select(Shift).join(Shift.function).where(
        CrisisFunction.crisis_id == crisis.id, CrisisFunction.key == PILOT, *on_duty
    )  # fmt: skip
    for shift in db.session.scalars(query.options(reachable(Shift.contact)).order_by(Shift.starts_at)):
        account = access.account_with_id(shift.account_id) if shift.account_id else None
        if account:
            yield Told(account.name, account.email)
        elif shift.contact and shift.contact.emails:
            yield Told(shift.name, shift.contact.emails[0].address)
