"""Reading a whole logbook again: every number, every seal, every document, and what cites them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from crisis_plan.db import Base, db
from crisis_plan.pilotage.crises.rules import Mode, named
from crisis_plan.pilotage.logbook import citations
from crisis_plan.pilotage.logbook.integrity import Stored, wrong_with
from crisis_plan.pilotage.logbook.raw_values import identity
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, entry_name
from crisis_plan.pilotage.logbook.sealed_rows import Unreadable, entries
from crisis_plan.pilotage.logbook.seals import origin_seal
from crisis_plan.pilotage.logbook.witnesses import Witness


@dataclass(frozen=True)
class Log:
    """A logbook to read again."""

    crisis_id: UUID
    name: str
    """« uzege, Crise n° 3 »."""
    is_closed: bool


@dataclass
class Reading:
    """What reading a logbook again found; it stops at the first thing that is wrong."""

    last: str = ""
    """« n° 12 », as far as it was read; empty: no entry."""
    seal: str = ""
    wrong: str = ""
    seals: dict[tuple[Part, int], str] = field(default_factory=dict)
    """Of the entries that a witness names."""

    @property
    def is_whole(self) -> bool:
        return not self.wrong


class Broken(Exception):
    """The reading stops here; the sentence says where and why."""


def whole_view() -> None:
    """Begin a transaction that sees one state of the database, whatever is written meanwhile."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def logs(crisis_id: UUID | None = None) -> list[Log]:
    """Every logbook, or that of one crisis."""
    crises, cpts = Base.metadata.tables["crises"], Base.metadata.tables["cpts"]
    raw = [
        sa.type_coerce(crises.c[name], sa.types.NULLTYPE).label(name) for name in ("id", "mode", "number", "closed_at")
    ]
    query = (
        sa.select(cpts.c.slug, *raw).join_from(crises, cpts).order_by(cpts.c.slug, crises.c.opened_at, crises.c.number)
    )
    if crisis_id:
        query = query.where(crises.c.id == crisis_id)
    return [
        Log(identity(row.id), f"{row.slug}, {named(Mode(row.mode), row.number)}", row.closed_at is not None)
        for row in db.session.execute(query)
    ]


def read_again(log: Log, witnesses: Mapping[tuple[Part, int], Witness] | None = None) -> Reading:
    """Read one logbook again, from its first entry to the last of its annex."""
    reading, wanted = Reading(), witnesses or {}
    try:
        last_kind, closing_seal = _read_main(log, reading, wanted)
        if log.is_closed and last_kind is not EntryKind.CLOSING:
            raise Broken("la crise est close, et son journal ne finit pas par une entrée de clôture")
        if not log.is_closed and last_kind is EntryKind.CLOSING:
            raise Broken(f"l’entrée {reading.last} clôt le journal, et la crise n’est pas close")
        _read_annex(log, reading, wanted, closing_seal)
        for said in citations.wrong_citations(log.crisis_id):
            raise Broken(said)
        for witness in wanted.values():
            if contradiction := witness.contradicted_by(reading.seals.get(witness.place)):
                raise Broken(contradiction)
    except Broken as found:
        reading.wrong = str(found)
    return reading


def _read_main(log: Log, reading: Reading, wanted: Mapping[tuple[Part, int], Witness]) -> tuple[EntryKind | None, str]:
    """The kind and the seal of the last entry."""
    kind, seal = None, origin_seal(log.crisis_id)
    for entry in _chained(log, Part.MAIN, seal, reading, wanted):
        if kind is EntryKind.CLOSING:
            raise Broken(f"l’entrée {entry.header.name} a été écrite après la clôture")
        kind, seal = entry.header.kind, entry.seal or ""
    return kind, seal


def _read_annex(log: Log, reading: Reading, wanted: Mapping[tuple[Part, int], Witness], closing_seal: str) -> None:
    """The annex is chained to the closing entry; an open log has none."""
    for entry in _chained(log, Part.ANNEX, closing_seal, reading, wanted):
        if not log.is_closed:
            raise Broken(f"l’entrée {entry.header.name} est en annexe d’un journal qui n’est pas clos")


def _chained(
    log: Log, part: Part, previous: str, reading: Reading, wanted: Mapping[tuple[Part, int], Witness]
) -> Iterator[Stored]:
    """The entries of a part, each once found whole. Raises `Broken` at the first that is not."""
    expected = 1
    for entry in entries(log.crisis_id, part):
        if isinstance(entry, Unreadable):
            if isinstance(entry.number, int):
                _check_number(entry.number, expected, part)
            raise Broken(f"entrée {entry_name(part, expected)}\u00a0: {entry}")
        _check_number(entry.header.number, expected, part)
        if wrong := wrong_with(entry, previous):
            raise Broken(f"entrée {entry.header.name}\u00a0: {wrong}")
        previous, expected = entry.seal or "", expected + 1
        reading.last, reading.seal = entry.header.name, previous
        if (part, entry.header.number) in wanted:
            reading.seals[part, entry.header.number] = previous
        yield entry


def _check_number(found: int, expected: int, part: Part) -> None:
    if found > expected:
        raise Broken(f"entrée {entry_name(part, expected)}\u00a0: elle manque, ou son numéro a été changé")
    if found < expected:
        raise Broken(f"entrée {entry_name(part, found)}\u00a0: ce numéro est là deux fois, ou n’est pas d’un journal")
