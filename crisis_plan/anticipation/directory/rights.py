"""Everything that a CPTS holds on one person, told to that person (domain, section 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import mentions, retention, told
from crisis_plan.anticipation.directory.gathering import Asked, gathered
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.references import depending_columns, naming_columns
from crisis_plan.anticipation.directory.told import Told
from crisis_plan.clock import HasTimeZone
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import long_date, moment, telephone

ABSORBED = "Une autre fiche de cette personne est devenue celle-ci"
Row = dict[str, Any]
"""What is held, by its French name."""


@dataclass(frozen=True)
class Section:
    """Rows of one kind that name the person."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Held:
    """All that is held on a person on one day."""

    contact: Row
    sections: Sequence[Section]


def held(contact: Contact) -> Held:
    """The contact, then every row that names it, then what speaks of it; empty sections are left out."""
    sections = [*_naming(contact), *_speaking(contact)]
    return Held(_contact(contact), [section for section in sections if section.rows])


def export(contact: Contact, cpts: Cpts, *, by: Account, at: datetime, on: date) -> dict[str, Any]:
    """The same as a file can hold it, with who answers for it, why and until when. Handing it over is recorded."""
    found = held(contact)
    history.record(Verb.EXPORTED, mentions.SUBJECT, contact.id, cpts_id=contact.cpts_id, by=by, at=at)
    db.session.flush()
    return {
        "Établi le": on.isoformat(),
        "Responsable": cpts.legal_name or cpts.name,
        "Finalité": retention.PURPOSE,
        "Fondement": retention.LEGAL_GROUND,
        "Preuves gardées jusqu’au": plain(retention.evidence_kept_until(cpts.contract_signed_on)),
        "Fiche": plain(found.contact),
        **{section.title: plain(section.rows) for section in found.sections},
    }


def plain(value: Any) -> Any:
    """A value as JSON holds it: a date by its ISO form, an enumeration by its French label."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, StrEnum):
        return getattr(value, "label", value.value)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def in_words(value: Any, place: HasTimeZone) -> str:
    """A value as the page says it: dates and moments in French, telephones with their spaces."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, (list, tuple)):
        return " ; ".join(in_words(one, place) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} : {in_words(one, place)}" for name, one in value.items())
    if isinstance(value, datetime):
        return moment(value, place)
    if isinstance(value, date):
        return long_date(value)
    said = str(plain(value))
    return telephone(said) if said.startswith("+") else said


def _contact(contact: Contact) -> Row:
    return _told({name: getattr(contact, name) for name in told.CONTACT}, told.CONTACT)


def _naming(contact: Contact) -> list[Section]:
    """One section a table, in the order in which they are told, each with what depends on its rows."""
    asked: list[tuple[Told, Asked]] = []
    for column in sorted(naming_columns(), key=lambda one: list(told.NAMING).index(one.table.name)):
        asked.append(_asked(told.NAMING[column.table.name], column.table, column == contact.id))
        mine = sa.select(column.table.c.id).where(column == contact.id)
        for depending in depending_columns(column.table):
            asked.append(_asked(told.DEPENDING[depending.table.name], depending.table, depending.in_(mine)))
    found = gathered([one for _, one in asked])
    return [Section(words.title, _rows(words, rows)) for (words, _), rows in zip(asked, found, strict=True)]


def _asked(words: Told, table: sa.Table, which: sa.ColumnElement[bool]) -> tuple[Told, Asked]:
    """The rows of a table, each after what it is about: the title and the day of its exercise, of its campaign."""
    source: sa.FromClause = table
    columns: dict[str, sa.ColumnElement[Any]] = {}
    for pointing, about in words.about.items():
        other = next(iter(table.c[pointing].foreign_keys)).column
        source = source.join(other.table, table.c[pointing] == other)
        columns |= {f"{pointing}.{name}": other.table.c[name] for name in about}
    return words, Asked(columns | {name: table.c[name] for name in words.columns}, source, which)


def _rows(words: Told, rows: Iterable[Row]) -> list[Row]:
    """The rows in French, in the order of what they say first."""
    about = {f"{pointing}.{name}": label for pointing, names in words.about.items() for name, label in names.items()}
    said = [_told(row, about | words.columns) for row in rows]
    return sorted(said, key=lambda row: [str(plain(value)) for value in row.values()])


def _speaking(contact: Contact) -> Iterable[Section]:
    events = mentions.events(contact)
    done = [{"Le": one.at, "Quoi": Verb(one.verb), "Champs": _fields(one)} for one in events]
    mail = [{"Le": one.created_at, "À": one.recipient, "Objet": one.subject} for one in mentions.mail(contact)]
    lines = [
        {
            "Lu le": one.read_at,
            "Fichier": one.file_name,
            "Ligne": one.line.number,
            "Contenu": _cells(one.headings, one.line.raw) or spoken("", one.line.values),
        }
        for one in mentions.import_lines(contact)
    ]
    versions = [{"Version du plan du": day} for day in mentions.versions(contact)]
    yield Section("Historique de la fiche", done)
    yield Section("Courriels envoyés", mail)
    yield Section("Lignes de fichiers importés", lines)
    yield Section("Versions du plan qui peuvent nommer cette personne", versions)


def _fields(event: HistoryEvent) -> list[str]:
    """What the event changed; of a line that became this one, that it did."""
    if event.verb == Verb.MERGED and not told.FIELDS.keys() >= set(event.fields):
        return [ABSORBED]
    return [told.FIELDS.get(name, name) for name in event.fields]


def _cells(headings: Sequence[str], cells: Sequence[str]) -> Row:
    named = [heading or f"Colonne {rank}" for rank, heading in enumerate(headings, start=1)]
    named += [f"Colonne {rank}" for rank in range(len(named) + 1, len(cells) + 1)]
    return {heading: cell for heading, cell in zip(named, cells, strict=False) if cell}


def _told(values: Any, labels: dict[str, str]) -> Row:
    """What the row says, by its French name; what says nothing is left out."""
    return {label: spoken(name, values[name]) for name, label in labels.items() if values[name] not in EMPTY}


EMPTY: tuple[object, ...] = (None, "", [], {})


def spoken(name: str, value: Any) -> Any:
    """What a column holds, in French as deep as it goes."""
    if isinstance(value, dict):
        return {told.NESTED.get(key, key): spoken(key, one) for key, one in value.items() if one not in EMPTY}
    if isinstance(value, list):
        return [spoken(name, one) for one in value]
    known = told.CODES.get(name)
    return known(value).label if known and value in list(known) else value
