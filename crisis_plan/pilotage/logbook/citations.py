"""What cites an entry of the logbook cites one of its own crisis: read from the tables, whoever owns them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from crisis_plan.db import Base, db
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part

NAMES = {
    "crisis_actions": "une action menée",
    "crisis_facts": "un fait daté",
    "crisis_messages": "un message",
    "crisis_movements": "une sortie de stock",
    "crisis_tasks": "une tâche",
    "crisis_times": "un temps passé",
    "commune_needs": "un besoin d’une commune",
    "situation_reports": "un point de situation",
}
"""How a row of each table that cites an entry is called."""
BESIDE = {
    "entry_erasures": "un effacement",
    "entry_flags": "une marque « à revoir »",
    "finding_entries": "un constat de bilan",
    "logbook_attachments": "une pièce",
}
"""Tables that belong to the entry itself: it only has to be there."""

BY_NUMBER = ("entry_number", "last_entry_number")


def citing() -> list[sa.Table]:
    """Every table of a crisis whose rows name an entry by its identity."""
    return [table for table in _naming_an_entry() if "crisis_id" in table.c]


def numbering() -> list[sa.Column[int]]:
    """Every column of the tables of a crisis that names an entry by its number."""
    of_crises = [table for table in Base.metadata.sorted_tables if "crisis_id" in table.c]
    return [table.c[name] for table in of_crises for name in BY_NUMBER if name in table.c]


def wrong_citations(crisis_id: UUID) -> Iterator[str]:
    """What of this crisis cites an entry of another one, or none at all."""
    entries = LogbookEntry.__table__
    for table in citing():
        cites = sa.exists().where(entries.c.id == table.c.entry_id, entries.c.crisis_id == table.c.crisis_id)
        yield from _said(table, crisis_id, sa.and_(table.c.entry_id.is_not(None), ~cites))
    for column in numbering():
        cites = sa.exists().where(
            entries.c.crisis_id == column.table.c.crisis_id, entries.c.part == Part.MAIN, entries.c.number == column
        )
        yield from _said(column.table, crisis_id, sa.and_(column > 0, ~cites))


def strays() -> Iterator[str]:
    """What belongs to no crisis, or to no entry."""
    entries, crises = LogbookEntry.__table__, Base.metadata.tables["crises"]
    lost = sa.or_(
        ~sa.exists().where(crises.c.id == entries.c.crisis_id), sa.cast(entries.c.part, sa.String).not_in(list(Part))
    )
    found = db.session.scalars(sa.select(sa.type_coerce(entries.c.number, sa.types.NULLTYPE)).where(lost)).all()
    yield from (f"une entrée numérotée {number} n’est d’aucun journal" for number in found)
    for table in _naming_an_entry():
        if table.name in BESIDE:
            orphan = ~sa.exists().where(entries.c.id == table.c.entry_id)
            if db.session.scalar(sa.select(sa.func.count()).select_from(table).where(orphan)):
                yield f"{BESIDE[table.name]} n’est d’aucune entrée"


def _naming_an_entry() -> list[sa.Table]:
    entries = LogbookEntry.__table__
    return [
        table
        for table in Base.metadata.sorted_tables
        if "entry_id" in table.c and any(key.column is entries.c.id for key in table.c.entry_id.foreign_keys)
    ]


def _said(table: sa.Table, crisis_id: UUID, is_wrong: sa.ColumnElement[bool]) -> Iterator[str]:
    query = sa.select(sa.func.count()).select_from(table).where(table.c.crisis_id == crisis_id, is_wrong)
    if db.session.scalar(query):
        yield f"{NAMES[table.name]} cite une entrée qui n’est pas de cette crise"
