"""The places that can be opened, as the plan prints them: by crisis type in its chapter, each in full in an annex."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.places import queries
from crisis_plan.adaptation.places.models import Place
from crisis_plan.adaptation.places.rules import checks_due
from crisis_plan.document.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Notice,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
    Text,
    Tone,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, short_date, telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

KEY = "annexe-lieux"
EMPTY = "Aucun lieu mobilisable n’est décrit."
UNTOLD = "Lieux sans type de crise précisé"

SUMMARY_COLUMNS = (
    Column("Lieu", 2),
    Column("Commune", 1.2),
    Column("Capacité", 1.6),
    Column("Qui demander", 1.8),
    Column("Vérifié le", 0.9, passing=True),
)
ANNEX_COLUMNS = (
    Column("Lieu", 1.8),
    Column("Types de crise", 0.8),
    Column("Capacité", 1.2),
    Column("Accès, électricité, réseau", 2),
    Column("Clés et codes", 1.4, restricted=True),
    Column("Qui demander", 1.5),
    Column("Vérifié le", 0.9, passing=True),
)


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """A table for each type of crisis that a place serves, and what is to be checked again."""
    known = queries.places(cpts)
    if not known:
        return (Table("Lieux mobilisables", SUMMARY_COLUMNS, (), empty=EMPTY),)
    tables = [
        _table(f"Lieux pour le type {one.number}\u00a0: {one.label}", queries.serving(known, one)) for one in CrisisType
    ]
    tables.append(_table(UNTOLD, [place for place in known if not place.crisis_types]))
    told: tuple[Block, ...] = tuple(table for table in tables if table.rows)
    due = checks_due(known, today)
    return (*told, Notice(plain(due), Tone.WARNING)) if due else told


def _table(caption: str, places: Sequence[Place]) -> Table:
    rows = (
        Row((place.name, place.commune, _capacity(place), _whom_to_ask(place), _checked(place)), key=f"lieu-{place.id}")
        for place in places
    )
    return Table(caption, SUMMARY_COLUMNS, tuple(rows))


def annex(cpts: Cpts, today: date) -> Chapter:
    """Every place in full; the keys for those who may know where they are."""
    table = Table("Lieux mobilisables", ANNEX_COLUMNS, tuple(map(_row, queries.places(cpts))), empty=EMPTY)
    types = "\u00a0; ".join(f"{one.number}, {one.label.lower()}" for one in CrisisType)
    return Chapter(KEY, "Lieux mobilisables", (Paragraph(plain(f"Types de crise\u00a0: {types}.")), table), Part.ANNEX)


def _row(place: Place) -> Row:
    return Row(
        (
            _named(place),
            ", ".join(str(one.number) for one in crisis_types(place.crisis_types)),
            _capacity(place),
            _lines((place.access, place.power, place.network)),
            place.keys,
            _whom_to_ask(place),
            _checked(place),
        ),
        key=str(place.id),
    )


def _named(place: Place) -> Text:
    """The name, then what it is and where."""
    where = _lines((place.kind, place.address, f"{place.postal_code} {place.commune}".strip()))
    return (Span(place.name, bold=True), *((Span(f"\n{where}"),) if where else ()))


def _checked(place: Place) -> str:
    return short_date(place.checked_on) or "jamais"


def _capacity(place: Place) -> str:
    people = counted(place.capacity, "personne") if place.capacity is not None else ""
    return _lines((people, place.capacity_note))


def _whom_to_ask(place: Place) -> Cell:
    """The contact as the directory knows it; private numbers only in the restricted edition."""
    if place.contact is None:
        return "À indiquer"
    return (Span(place.contact.name, bold=True), *_numbers(place.contact))


def _numbers(contact: Contact) -> Iterable[Span]:
    for phone in contact.phones_direct_first:
        yield Span("\n", restricted=phone.is_private)
        yield Span(telephone(phone.number), href=f"tel:{phone.number}", restricted=phone.is_private)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
