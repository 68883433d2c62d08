"""Whom to call: the directory with numbers to press, and sheets to note by hand who was reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crisis_plan.anticipation.directory.chapter import COLUMNS
from crisis_plan.anticipation.directory.rules import PEOPLE, ContactKind
from crisis_plan.anticipation.referents.chapter import NO_PHONE
from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Column,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Row,
    Span,
    Table,
    Text,
    plain,
)
from crisis_plan.pilotage.crisis_pack.reading import Called, Reading, by_profession
from crisis_plan.web.formats import long_date, short_date, telephone

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

KEY = "annuaire"
NOBODY = "Personne n’est désigné à ce jour."
EMPTY = "L’annuaire ne contient encore aucun contact."
AFTER_THE_CELL = (
    ContactKind.ADHERENT,
    ContactKind.PARTNER,
    ContactKind.INSTITUTION,
    ContactKind.ESTABLISHMENT,
    ContactKind.PROFESSIONAL,
)
CALLED = (Column("Nom", 1.8), Column("Appelé comme", 2.2), Column("Téléphones", 1.4), Column("Courriel", 1.6))
SHEET = (
    Column("Nom", 2.3),
    Column("Téléphones", 1.5),
    Column("1er essai", 1.1),
    Column("2e essai", 1.1),
    Column("Joint\u00a0?", 1),
    Column("Vient\u00a0?", 1),
    Column("À partir de", 1.1),
)
AT, OR_NOT = "….. h …..", "oui / non"
TO_FILL = (AT, AT, OR_NOT, OR_NOT, AT)
SPARE_ROWS = 4
"""Empty lines at the foot of each call sheet, for whoever is not in the directory."""


def directory(reading: Reading) -> tuple[Chapter, ...]:
    """The cell and the referents first, then everyone by kind and profession, private numbers included."""
    blocks: list[Block] = [Paragraph(plain(f"Annuaire au {long_date(reading.today)}."))]
    for title, called in (("Cellule de crise", reading.cell), ("Référents de crise", reading.referents)):
        blocks += [Heading(title), Table(title, CALLED, tuple(map(_called, called)), empty=NOBODY)]
    for kind in AFTER_THE_CELL:
        found = [contact for contact in reading.contacts if contact.kind is kind]
        if found:
            blocks += [Heading(kind.plural), *_tables(kind, found)]
    if not reading.contacts:
        blocks.append(Paragraph(plain(EMPTY)))
    return (Chapter(KEY, "Annuaire", tuple(blocks), Part.ANNEX),)


def call_sheets(reading: Reading) -> tuple[Chapter, ...]:
    """A sheet to hand to each caller: the cell, the referents, then adherents by profession."""
    adherents = [contact for contact in reading.contacts if contact.kind is ContactKind.ADHERENT]
    groups = [("Cellule de crise", reading.cell), ("Référents de crise", reading.referents)]
    for profession, people in by_profession(adherents):
        groups.append((f"Adhérents, {profession}", [Called(one, one.speciality) for one in people]))
    return tuple(_call_sheet(rank, title, called) for rank, (title, called) in enumerate(groups, start=1))


def _tables(kind: ContactKind, contacts: Sequence[Contact]) -> Iterable[Table]:
    """A table a profession; services of one kind are few, and stay in one."""
    if kind not in PEOPLE:
        yield Table(kind.plural, COLUMNS, tuple(map(_row, contacts)))
        return
    for profession, people in by_profession(contacts):
        yield Table(f"{kind.plural} – {profession}", COLUMNS, tuple(map(_row, people)))


def _called(called: Called) -> Row:
    return Row(
        (called.contact.name, called.what, telephones(called.contact), addresses(called.contact)),
        key=str(called.contact.id),
    )


def _row(contact: Contact) -> Row:
    return Row(
        (
            contact.name,
            contact.what,
            ", ".join(dict.fromkeys(place.commune for place in contact.places if place.commune)),
            telephones(contact),
            addresses(contact),
            short_date(contact.verified_on) or "jamais",
        ),
        key=str(contact.id),
    )


def telephones(contact: Contact) -> Text:
    """Numbers under one another, each to be pressed, those that answer at night first; a private one says so."""
    spans: list[Span] = []
    for phone in contact.phones_direct_first:
        between = (Span("\n"),) if spans else ()
        private = (Span(" (privé)"),) if phone.is_private else ()
        spans += [*between, Span(telephone(phone.number), href=f"tel:{phone.number}"), *private]
    return tuple(spans) or plain(NO_PHONE)


def addresses(contact: Contact) -> Text:
    """E-mail addresses under one another, each to be pressed."""
    spans: list[Span] = []
    for email in contact.emails:
        between = (Span("\n"),) if spans else ()
        spans += [*between, Span(email.address, href=f"mailto:{email.address}")]
    return tuple(spans)


def _call_sheet(rank: int, title: str, called: Sequence[Called]) -> Chapter:
    rows = tuple(Row((_named(one), telephones(one.contact), *TO_FILL), key=str(one.contact.id)) for one in called)
    spare = tuple(Row(("…………………………………", "…………………………", *TO_FILL), key=f"libre-{rank}") for rank in range(SPARE_ROWS))
    blocks = (
        Facts((Fact("Appels passés par", ""), Fact("Le", ""), Fact("Message à donner", ""))),
        Table(title, SHEET, (*rows, *spare)),
    )
    return Chapter(f"feuille-{rank}", f"Feuille d’appel – {title}", blocks, Part.ANNEX)


def _named(called: Called) -> Text:
    what = (Span(f"\n{called.what}"),) if called.what else ()
    return (Span(called.contact.name, bold=True), *what)
