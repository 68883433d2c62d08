"""The logbook, read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import selectinload

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part

NEWEST_ON_THE_CRISIS_PAGE = 20


def last_number(crisis: Crisis) -> int:
    """The number of the last entry; 0 before the first. What a live page compares with what it shows; one statement."""
    query = sa.select(sa.func.max(LogbookEntry.number))
    return db.session.scalar(query.where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN)) or 0


def last_entered_at(crisis: Crisis) -> datetime | None:
    """When the last entry was written; one statement."""
    query = sa.select(LogbookEntry.entered_at).where(
        LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN
    )
    return db.session.scalars(query.order_by(LogbookEntry.number.desc()).limit(1)).one_or_none()


def newest(crisis: Crisis, limit: int = NEWEST_ON_THE_CRISIS_PAGE) -> Sequence[LogbookEntry]:
    """The last entries, newest first, with the names of their documents; two statements."""
    query = _main(crisis).order_by(LogbookEntry.number.desc()).limit(limit)
    return db.session.scalars(query.options(selectinload(LogbookEntry.attachments))).all()


def entries_after(crisis: Crisis, number: int) -> Sequence[LogbookEntry]:
    """What was written after this entry, newest first, with the names of their documents."""
    query = _main(crisis).where(LogbookEntry.number > number).order_by(LogbookEntry.number.desc())
    return db.session.scalars(query.options(selectinload(LogbookEntry.attachments))).all()


def last(crisis: Crisis, part: Part = Part.MAIN) -> LogbookEntry | None:
    """The last entry of a part, with its seal; one statement."""
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part)
    return db.session.scalars(query.order_by(LogbookEntry.number.desc()).limit(1)).one_or_none()


def whole(crisis: Crisis, part: Part) -> Sequence[LogbookEntry]:
    """Every entry of a part, oldest first, for a paper or a spreadsheet; one statement."""
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part)
    return db.session.scalars(query.order_by(LogbookEntry.number)).all()


def entry_or_404(crisis: Crisis, number: int, part: Part = Part.MAIN) -> LogbookEntry:
    """The entry of this number."""
    query = sa.select(LogbookEntry).where(
        LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part, LogbookEntry.number == number
    )
    return db.session.scalars(query.options(selectinload(LogbookEntry.attachments))).one_or_none() or abort(404)


def _main(crisis: Crisis) -> sa.Select[LogbookEntry]:
    return sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN)
