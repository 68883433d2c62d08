"""What else repeats what an entry says: named to whom carries an order out, its words erased with it when asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from crisis_plan.db import Base, db
from crisis_plan.folding import folded
from crisis_plan.outbox import PURGED, OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import citations
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, entry_name

ERASED = "(contenu effacé)"
"""What stands in place of words that an order took away; the triggers know it."""
WORDS = {
    "commune_needs": ("text", "answer"),
    "crisis_facts": ("body", "person", "text"),
    "crisis_messages": ("subject", "text"),
    "crisis_tasks": ("text", "word"),
}
"""What is erased of a row that was written with the entry; its dates, its author and its names of people stay."""
REPORTS, MESSAGES = "situation_reports", "crisis_messages"
LONG_ENOUGH = 12
"""Characters: fewer are found again by chance."""


@dataclass(frozen=True)
class Repeats:
    """What repeats an entry, in words: what can be erased with it, and what is to be looked at."""

    erasable: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.erasable, *self.others)


@dataclass(frozen=True)
class MayRepeat:
    """One thing written after the log, which a person reads to say whether the order is about it too."""

    key: str
    name: str
    """In words: « l’additif n° 1 du bilan »."""
    says_the_same: bool
    """Whether it holds words of the entry."""


def of_entry(crisis: Crisis, entry: LogbookEntry) -> Repeats:
    """What was written with this entry, corrects it, or says the same words; asked before it is erased."""
    cited = [name for name, condition in _citing(crisis, entry) if _any(name, condition)]
    erasable = [name for name in cited if name in WORDS or name == REPORTS]
    same = _saying_the_same(crisis, entry)
    others = [name for name in (*cited, *same) if name not in erasable]
    return Repeats(
        tuple(citations.NAMES[name] for name in erasable),
        (
            *dict.fromkeys(citations.NAMES[name] for name in others),
            *_alert(crisis, entry),
            *_entries(crisis, entry, same),
        ),
    )


def erase_words(crisis: Crisis, entry: LogbookEntry) -> list[str]:
    """Erase the words of what was written with an entry whose erasure is written down; the tables that held them."""
    touched = []
    for name, condition in _citing(crisis, entry):
        if name not in WORDS and name != REPORTS:
            continue
        table = Base.metadata.tables[name]
        if name == MESSAGES:
            _erase_copies(condition)
        if db.session.execute(sa.update(table).where(condition).values(_blank(table))).rowcount:  # type: ignore[attr-defined]
            touched.append(name)
    db.session.expire_all()
    return touched


def _citing(crisis: Crisis, entry: LogbookEntry) -> Iterator[tuple[str, sa.ColumnElement[bool]]]:
    """Table by table, which rows were written with this entry."""
    for table in citations.citing():
        yield table.name, sa.and_(table.c.crisis_id == crisis.id, table.c.entry_id == entry.id)
    if entry.part is Part.MAIN:
        for column in citations.numbering():
            if column.name == "entry_number":
                yield column.table.name, sa.and_(column.table.c.crisis_id == crisis.id, column == entry.number)


def _any(name: str, condition: sa.ColumnElement[bool]) -> bool:
    table = Base.metadata.tables[name]
    return bool(db.session.scalar(sa.select(sa.exists().select_from(table).where(condition))))


def _blank(table: sa.FromClause) -> dict[str, Any]:
    if table.name == REPORTS:  # type: ignore[attr-defined]
        return {"said": {}, "content": sa.null(), "pdf": None}
    words = WORDS[table.name]  # type: ignore[attr-defined]
    return {name: sa.case((table.c[name] == "", ""), else_=ERASED) for name in words}


def _erase_copies(condition: sa.ColumnElement[bool]) -> None:
    """The copies of a message that wait to leave go with it; of those that left, the address and the date stay."""
    messages, recipients = Base.metadata.tables[MESSAGES], Base.metadata.tables["crisis_message_recipients"]
    copies = sa.select(recipients.c.outbox_id).join(messages, messages.c.id == recipients.c.message_id).where(condition)
    ids = [one for one in db.session.scalars(copies) if one]
    theirs = OutboxMessage.id.in_(ids)
    db.session.execute(sa.delete(OutboxMessage).where(theirs, OutboxMessage.sent_at.is_(None)))
    db.session.execute(sa.update(OutboxMessage).where(theirs).values(subject=ERASED, body=PURGED))


def _saying_the_same(crisis: Crisis, entry: LogbookEntry) -> dict[str, list[str]]:
    """Table by table, the words of this crisis that the entry repeats, whatever entry tells their last change."""
    found: dict[str, list[str]] = {}
    for name, columns in WORDS.items() if entry.search_text else ():
        table = Base.metadata.tables[name]
        for row in db.session.execute(
            sa.select(*(table.c[column] for column in columns)).where(table.c.crisis_id == crisis.id)
        ):
            words = [one for one in map(folded, row) if len(one) >= LONG_ENOUGH and one in entry.search_text]
            if words:
                found.setdefault(name, []).extend(words)
    return found


def _alert(crisis: Crisis, entry: LogbookEntry) -> Iterator[str]:
    alerts = Base.metadata.tables["crisis_alerts"]
    if entry.kind is EntryKind.ALERT and _any("crisis_alerts", alerts.c.crisis_id == crisis.id):
        yield "l’alerte de la crise"


def _entries(crisis: Crisis, entry: LogbookEntry, same: dict[str, list[str]]) -> Iterator[str]:
    """The entries that correct it, that it corrects, or that hold the same words."""
    for one in entry.corrections:
        yield f"l’entrée {one.name}, qui la corrige,"
    if entry.corrected:
        yield f"l’entrée {entry.corrected.name}, qu’elle corrige,"
    words = {one for found in same.values() for one in found}
    if words:
        holds = sa.or_(*(LogbookEntry.search_text.contains(one, autoescape=True) for one in words))
        query = sa.select(LogbookEntry.part, LogbookEntry.number).where(
            LogbookEntry.crisis_id == crisis.id, LogbookEntry.id != entry.id, holds
        )
        for part, number in db.session.execute(query.order_by(LogbookEntry.entered_at, LogbookEntry.number)):
            yield f"l’entrée {entry_name(part, number)}, qui dit les mêmes mots,"
