"""The logbook, read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, undefer
from sqlalchemy.orm.attributes import set_committed_value

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.web.pages import PAGE_SIZE

NEWEST_ON_THE_CRISIS_PAGE = 20
LAST = (
    sa.select(LogbookEntry.number, LogbookEntry.entered_at)
    .where(LogbookEntry.crisis_id == sa.bindparam("crisis_id"), LogbookEntry.part == Part.MAIN)
    .order_by(LogbookEntry.number.desc())
    .limit(1)
)
"""Every poll asks it: written once, it costs half."""


def last_number(crisis: Crisis) -> int:
    """The number of the last entry; 0 before the first. What a live page compares with what it shows; one statement."""
    return last_written(crisis)[0]


def last_entered_at(crisis: Crisis) -> datetime | None:
    """When the last entry was written; one statement."""
    return last_written(crisis)[1]


def last_written(crisis: Crisis) -> tuple[int, datetime | None]:
    """The number of the last entry and when it was written; 0 before the first; one statement."""
    row = db.session.execute(LAST, {"crisis_id": crisis.id}).one_or_none()
    return (row.number, row.entered_at) if row else (0, None)


def newest(crisis: Crisis, limit: int = NEWEST_ON_THE_CRISIS_PAGE) -> Sequence[LogbookEntry]:
    """The last entries, newest first, with all that a list shows of them; two statements."""
    return shown(_main(crisis).order_by(LogbookEntry.number.desc()).limit(limit))


def entries_after(crisis: Crisis, number: int, *, until: int, limit: int = PAGE_SIZE) -> Sequence[LogbookEntry]:
    """What was written after an entry until another, newest first, with all that a list shows; two statements."""
    query = _main(crisis).where(LogbookEntry.number > number, LogbookEntry.number <= until)
    return shown(query.order_by(LogbookEntry.number.desc()).limit(limit))


def shown(query: sa.Select[LogbookEntry]) -> Sequence[LogbookEntry]:
    """These entries, what they correct, what corrects them, their flags and erasures; two statements."""
    beside = (joinedload(LogbookEntry.corrected), joinedload(LogbookEntry.flag), joinedload(LogbookEntry.erasure))
    entries = db.session.scalars(query.options(*beside)).all()
    _load_corrections(entries)
    return entries


def _load_corrections(entries: Sequence[LogbookEntry]) -> None:
    """Read in one statement that the index answers."""
    numbers = [one.number for one in entries if one.part is Part.MAIN]
    found: dict[int, list[LogbookEntry]] = {}
    if numbers:
        query = sa.select(LogbookEntry).where(
            LogbookEntry.crisis_id == entries[0].crisis_id, LogbookEntry.corrects.in_(numbers)
        )
        for one in db.session.scalars(query.order_by(LogbookEntry.entered_at, LogbookEntry.number)):
            found.setdefault(one.corrects or 0, []).append(one)
    for entry in entries:
        set_committed_value(entry, "corrections", found.get(entry.number, []) if entry.part is Part.MAIN else [])


def last(crisis: Crisis, part: Part = Part.MAIN) -> LogbookEntry | None:
    """The last entry of a part, with its seal; one statement."""
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part)
    return db.session.scalars(query.order_by(LogbookEntry.number.desc()).limit(1)).one_or_none()


def whole(crisis: Crisis, part: Part) -> Sequence[LogbookEntry]:
    """Every entry of a part, oldest first, for a paper or a spreadsheet; one statement."""
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part)
    return db.session.scalars(query.order_by(LogbookEntry.number)).all()


def turning_points(crisis: Crisis) -> Sequence[LogbookEntry]:
    """The activation, each change of level, and the first message sent, in their order; one statement."""
    main = (LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN)
    first_message = sa.select(sa.func.min(LogbookEntry.number)).where(*main, LogbookEntry.kind == EntryKind.MESSAGE)
    is_one = sa.or_(
        LogbookEntry.kind.in_([EntryKind.ACTIVATION, EntryKind.LEVEL]),
        LogbookEntry.number == first_message.scalar_subquery(),
    )
    return db.session.scalars(sa.select(LogbookEntry).where(*main, is_one).order_by(LogbookEntry.number)).all()


def of_kind(
    crisis: Crisis, kind: EntryKind, *, after: int = 0, since: datetime | None = None, limit: int = PAGE_SIZE
) -> Sequence[LogbookEntry]:
    """The last entries of this kind, newest first: after this number, entered since this moment; two statements."""
    query = _main(crisis).where(LogbookEntry.kind == kind, LogbookEntry.number > after)
    if since is not None:
        query = query.where(LogbookEntry.entered_at >= since)
    return shown(query.order_by(LogbookEntry.number.desc()).limit(limit))


def entry_or_404(crisis: Crisis, number: int, part: Part = Part.MAIN) -> LogbookEntry:
    """The entry of this number."""
    query = sa.select(LogbookEntry).where(
        LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part, LogbookEntry.number == number
    )
    return next(iter(shown(query)), None) or abort(404)


def is_known(client_key: uuid.UUID | None) -> bool:
    """Whether what bears this key was received already, its answer lost on the way; one statement."""
    return bool(client_key and db.session.scalar(sa.select(sa.exists().where(LogbookEntry.client_key == client_key))))


def document_or_404(crisis: Crisis, number: int, part: Part, position: int) -> LogbookAttachment:
    """A document of an entry, with its bytes."""
    query = (
        sa.select(LogbookAttachment)
        .join(LogbookAttachment.entry)
        .where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == part, LogbookEntry.number == number)
        .where(LogbookAttachment.position == position)
        .options(undefer(LogbookAttachment.content))
    )
    return db.session.scalars(query).one_or_none() or abort(404)


def _main(crisis: Crisis) -> sa.Select[LogbookEntry]:
    return sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN)
