"""The logbook by columns, for who counts: thousands of entries whose contents nobody has to read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import EntryFlag, LogbookEntry
from crisis_plan.pilotage.logbook.raw_values import stored_moment
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.pilotage.logbook.searching import NOT_LATE

NO_REASON = '"reason":""'
"""As the canonical text of a content says it; inside a text, quotation marks are written otherwise."""
PARTS, EVERY_KIND = {one.value: one for one in Part}, {one.value: one for one in EntryKind}
ENTRIES, FLAGS = LogbookEntry.__table__.c, EntryFlag.__table__.c
"""By columns of the table, a row comes as the driver gives it."""
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
        sa.select(ENTRIES.part, ENTRIES.kind, sa.func.count())
        .where(ENTRIES.crisis_id == crisis.id)
        .group_by(ENTRIES.part, ENTRIES.kind)
    )
    return [Tally(part, kind, total) for part, kind, total in db.session.execute(query)]


def written(crisis: Crisis, stretch: timedelta) -> list[tuple[datetime, int]]:
    """When entries of the main part were entered, and their numbers: the first and the last of each such stretch.

    No gap longer than a stretch lies inside one: who looks for such gaps finds them all, and need not read the rest.
    One statement.
    """
    at, number = ENTRIES.entered_at, ENTRIES.number
    seconds = sa.extract("epoch", at)
    ends = (sa.func.min(at), sa.func.min(number), sa.func.max(at), sa.func.max(number))
    query = (
        sa.select(*map(_as_kept, ends))
        .where(ENTRIES.crisis_id == crisis.id, ENTRIES.part == Part.MAIN)
        .group_by(sa.cast(seconds / int(stretch.total_seconds()), sa.BigInteger))
    )
    found = set()
    for first_at, first, last_at, last in db.session.execute(query):
        found |= {(first_at, first), (last_at, last)}
    return sorted((stored_moment(at), number) for at, number in found)


def marked(crisis: Crisis, kinds: Collection[EntryKind], *, actions_beginning_with: str = "") -> list[Marked]:
    """The entries of these kinds, every correction, what is late and what is flagged, in their order; one statement.

    `actions_beginning_with`: actions whose text begins with these words (folded) too.
    """
    is_late = ENTRIES.content.not_like(f"%{NOT_LATE}%")
    begins = sa.and_(
        ENTRIES.kind.in_([EntryKind.ACTION_STARTED, EntryKind.ACTION_DONE]),
        ENTRIES.search_text.startswith(actions_beginning_with, autoescape=True),
        sa.literal(actions_beginning_with != ""),
    )
    wanted = (ENTRIES.kind.in_(kinds), ENTRIES.corrects.is_not(None), is_late, FLAGS.entry_id.is_not(None))
    query = (
        sa.select(
            _as_kept(ENTRIES.part),
            ENTRIES.number,
            _as_kept(ENTRIES.kind),
            _as_kept(ENTRIES.happened_at),
            _as_kept(ENTRIES.entered_at),
            ENTRIES.corrects,
            ENTRIES.content.is_(None),
            _said(is_late),
            _said(ENTRIES.content.like(f"%{NO_REASON}%")),
            FLAGS.entry_id.is_not(None),
            sa.func.coalesce(FLAGS.note, ""),
            sa.func.coalesce(sa.case((ENTRIES.kind.in_(TURNS), ENTRIES.content)), ""),
            begins,
        )
        .select_from(LogbookEntry.__table__)
        .outerjoin(EntryFlag.__table__, FLAGS.entry_id == ENTRIES.id)
        .where(ENTRIES.crisis_id == crisis.id, sa.or_(*wanted, begins))
    )
    found = [
        Marked(PARTS[part], number, EVERY_KIND[kind], stored_moment(happened_at), stored_moment(entered_at), *said)
        for part, number, kind, happened_at, entered_at, *said in db.session.execute(query)
    ]
    return sorted(found, key=lambda one: (one.part is Part.ANNEX, one.number))


def _as_kept(column: Any) -> sa.ColumnElement[Any]:
    """The value as the driver gives it: a thousand of them are read here twice as fast as column by column."""
    return sa.type_coerce(column, sa.types.NULLTYPE)


def _said(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """What an erased content does not say any more is no."""
    return sa.func.coalesce(condition, sa.false())
