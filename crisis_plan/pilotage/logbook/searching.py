"""Finding entries: by kind, author, period, words, and what makes an entry stand out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.clock import HasTimeZone
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import EntryFlag, LogbookEntry
from crisis_plan.pilotage.logbook.queries import last_number, shown
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.web.pages import PAGE_SIZE, Page
from crisis_plan.web.times import at_this_time

NOT_LATE, NO_DOCUMENT = '"late_reason":""', '"attachments":[]'
"""As the canonical text of a content says it; inside a text, quotation marks are written otherwise."""
MARKS = {
    "decisions": "Décisions seulement",
    "a-revoir": "À revoir",
    "tardives": "Saisies tardives",
    "documents": "Avec documents",
}


@dataclass(frozen=True)
class Filters:
    """What is looked for; `address` is the same, as it stands in the page's address."""

    kind: EntryKind | None = None
    author_id: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""
    marks: frozenset[str] = frozenset()
    address: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def conditions(self) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = [
            LogbookEntry.search_text.contains(word, autoescape=True) for word in folded(self.words).split()
        ]
        if self.kind:
            found.append(LogbookEntry.kind == self.kind)
        if self.author_id:
            found.append(LogbookEntry.author_id == self.author_id)
        if self.since:
            found.append(LogbookEntry.happened_at >= self.since)
        if self.until:
            found.append(LogbookEntry.happened_at <= self.until)
        return [*found, *(_MARKED[mark]() for mark in MARKS if mark in self.marks)]


_MARKED: dict[str, Callable[[], sa.ColumnElement[bool]]] = {
    "decisions": lambda: LogbookEntry.kind == EntryKind.DECISION,
    "a-revoir": lambda: sa.exists().where(EntryFlag.entry_id == LogbookEntry.id),
    "tardives": lambda: LogbookEntry.content.not_like(f"%{NOT_LATE}%"),
    "documents": lambda: LogbookEntry.content.not_like(f"%{NO_DOCUMENT}%"),
}


def asked(args: Mapping[str, Any], place: HasTimeZone) -> Filters:
    """The filters of an address; what is not known is no filter."""
    address = {name: str(args[name])[:200] for name in NAMES if args.get(name)}
    return Filters(
        kind=next((kind for kind in EntryKind if kind.value == address.get("nature")), None),
        author_id=_identity(address.get("auteur", "")),
        since=_moment(address, "du", time.min, place),
        until=_moment(address, "au", time.max, place),
        words=address.get("q", ""),
        marks=frozenset(mark for mark in MARKS if mark in address),
        address=address,
    )


NAMES = ("nature", "auteur", "du", "du-heure", "au", "au-heure", "q", *MARKS)


def page(crisis: Crisis, filters: Filters, number: int) -> Page[LogbookEntry]:
    """The asked page, newest first. Without filters, numbers without gaps say where it begins: nothing is counted."""
    kept = [LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.MAIN, *filters.conditions]
    newest_first = sa.select(LogbookEntry).where(*kept).order_by(LogbookEntry.number.desc()).limit(PAGE_SIZE)
    if not filters.conditions:
        total = last_number(crisis)
        number = _within(number, total)
        return Page(shown(newest_first.where(LogbookEntry.number <= total - (number - 1) * PAGE_SIZE)), number, total)
    total = db.session.scalar(sa.select(sa.func.count(LogbookEntry.id)).where(*kept)) or 0
    number = _within(number, total)
    return Page(shown(newest_first.offset((number - 1) * PAGE_SIZE)), number, total)


def page_of_entry(last: int, number: int) -> int:
    """On which page of the list, without filters, this entry stands."""
    return (last - number) // PAGE_SIZE + 1


def annex(crisis: Crisis) -> Sequence[LogbookEntry]:
    """What reached the server after the closing, in its own order; nothing is asked of an open crisis."""
    if crisis.is_open:
        return ()
    query = sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id, LogbookEntry.part == Part.ANNEX)
    return shown(query.order_by(LogbookEntry.number))


def authors(crisis: Crisis) -> Sequence[tuple[uuid.UUID, str]]:
    """Who wrote in this log, by name; one statement, which the index answers."""
    wrote = sa.select(LogbookEntry.author_id).where(LogbookEntry.crisis_id == crisis.id)
    query = sa.select(Account.id, Account.name).where(Account.id.in_(wrote)).order_by(Account.name, Account.id)
    return [(found.id, found.name) for found in db.session.execute(query)]


def _within(number: int, total: int) -> int:
    return min(max(1, number), max(1, -(-total // PAGE_SIZE)))


def _identity(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def _moment(address: Mapping[str, str], name: str, otherwise: time, place: HasTimeZone) -> datetime | None:
    """The moment that two fields of an address mean; a day alone is the whole day, one that no clock shows is none."""
    whole_minute = timedelta(seconds=59, microseconds=999_999) if otherwise is time.max else timedelta()
    try:
        day = date.fromisoformat(address.get(name, ""))
        hour = _hour(address.get(f"{name}-heure", ""))
        if hour is None:
            return at_this_time(day, otherwise, place).astimezone(UTC)
        return (at_this_time(day, hour, place) + whole_minute).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _hour(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        return None
