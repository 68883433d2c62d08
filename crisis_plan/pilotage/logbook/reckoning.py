"""The logbook by columns, for who counts: thousands of entries whose contents nobody has to read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import EntryFlag, LogbookEntry
from crisis_plan.pilotage.logbook.raw_values import moment
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.pilotage.logbook.searching import NOT_LATE

NO_REASON = '"reason":""'
"""As the canonical text of a content says it; inside a text, quotation marks are written otherwise."""
PARTS, EVERY_KIND = {one.value: one for one in Part}, {one.value: one for one in EntryKind}
TURNS = (EntryKind.ACTIVATION, EntryKind.LEVEL, EntryKind.STAND_DOWN)
"""Of which the words are read too: they say the level, and why."""


class Tally(NamedTuple):
    """How many entries of one kind a part of the log holds."""

    part: Part
    kind: EntryKind
    total: int


class Marked(NamedTuple):
    """An entry that stands out, without its content."""

    part: Part
    number: int
    kind: EntryKind
    happened_at: datetime
    entered_at: datetime
    corrects: int | None = None
    """The number, in the main part, of the entry that it corrects."""
    is_erased: bool = False
    is_late: bool = False
    """It says why it was written late."""
    lacks_reason: bool = False
    """The field of the reason is empty."""
    is_flagged: bool = False
    note: str = ""
    """Why it was marked « à revoir »."""
    content: str = ""
    """Of an activation, a change of level or a stand-down, what it says."""
    begins: bool = False
    """An action whose text begins with the words asked."""


def tallies(crisis: Crisis) -> list[Tally]:
    """How many entries of each kind each part holds; one statement."""
    query = (
        sa.select(LogbookEntry.part, LogbookEntry.kind, sa.func.count())
        .where(LogbookEntry.crisis_id == crisis.id)
        .group_by(LogbookEntry.part, LogbookEntry.kind)
    )
    return [Tally(part, kind, total) for part, kind, total in db.session.execute(query)]


def written(crisis: Crisis, stretch: timedelta) -> list[tuple[datetime, int]]:
    """When entries of the main part were entered, and their numbers: the first and the last of each such stretch.

    No gap longer than a stretch lies inside one: who looks for such gaps finds them all, and need not read the rest.
    One statement.
    """
    seconds = sa.extract("epoch", LogbookEntry.entered_at)
    at, number = LogbookEntry.entered_at, LogbookEntry.number
    query = (
        sa.select(sa.func.min(at), sa.func.min(number), sa.func.max(at), sa.func.max(number))
        .where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN)
        .group_by(sa.cast(seconds / int(stretch.total_seconds()), sa.BigInteger))
    )
    found = set()
    for first_at, first, last_at, last in db.session.execute(query):
        found |= {(first_at, first), (last_at, last)}
    return sorted(found)


def marked(crisis: Crisis, kinds: Collection[EntryKind], *, actions_beginning_with: str = "") -> list[Marked]:
    """The entries of these kinds, every correction, what is late and what is flagged, in their order; one statement.

    `actions_beginning_with`: actions whose text begins with these words (folded) too.
    """
    is_late = LogbookEntry.content.not_like(f"%{NOT_LATE}%")
    begins = sa.and_(
        LogbookEntry.kind.in_([EntryKind.ACTION_STARTED, EntryKind.ACTION_DONE]),
        LogbookEntry.search_text.startswith(actions_beginning_with, autoescape=True),
        sa.literal(actions_beginning_with != ""),
    )
    wanted = (
        LogbookEntry.kind.in_(kinds),
        LogbookEntry.corrects.is_not(None),
        is_late,
        EntryFlag.entry_id.is_not(None),
    )
    query = (
        sa.select(
            _as_kept(LogbookEntry.part),
            LogbookEntry.number,
            _as_kept(LogbookEntry.kind),
            _as_kept(LogbookEntry.happened_at),
            _as_kept(LogbookEntry.entered_at),
            LogbookEntry.corrects,
            LogbookEntry.content.is_(None),
            _said(is_late),
            _said(LogbookEntry.content.like(f"%{NO_REASON}%")),
            EntryFlag.entry_id.is_not(None),
            sa.func.coalesce(EntryFlag.note, ""),
            sa.func.coalesce(sa.case((LogbookEntry.kind.in_(TURNS), LogbookEntry.content)), ""),
            begins,
        )
        .outerjoin(EntryFlag, EntryFlag.entry_id == LogbookEntry.id)
        .where(LogbookEntry.crisis_id == crisis.id, sa.or_(*wanted, begins))
    )
    found = [
        Marked(PARTS[part], number, EVERY_KIND[kind], moment(happened_at), moment(entered_at), *said)
        for part, number, kind, happened_at, entered_at, *said in db.session.execute(query)
    ]
    return sorted(found, key=lambda one: (one.part is Part.ANNEX, one.number))


def _as_kept(column: Any) -> sa.ColumnElement[Any]:
    """The value as the driver gives it: a thousand of them are read here twice as fast as column by column."""
    return sa.type_coerce(column, sa.types.NULLTYPE)


def _said(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """What an erased content does not say any more is no."""
    return sa.func.coalesce(condition, sa.false())
