"""A call list on paper: the proof of what was measured, and the sheets to call from without network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Row,
    Table,
    Tone,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.rules import NOT_TRIED, Outcome, ProfessionResult, Purpose, Results, in_words
from crisis_plan.web.formats import moment, telephone

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallLine, CallList

PERSON = (Column("Nom", 1.2), Column("Résultat"))
PROFESSION = (Column("Profession ou catégorie", 2), Column("Joints"))
ABREAST = 3
"""How many people, and professions, stand on one line."""
SHEET = (
    Column("Nom", 2.2),
    Column("Téléphones", 1.9),
    Column("Joint\u00a0?", 1.1),
    Column("Vient\u00a0?", 1.1),
    Column("À partir de", 1.1),
    Column("Appelé par, à", 1.2),
)
OR_NOT = "oui / non"


def proof(cpts: Cpts, call_list: CallList, lines: Sequence[CallLine], results: Results, *, at: datetime) -> Document:
    """One page that says what was asked, of whom, and what came of it."""
    blocks: list[Block] = [] if call_list.closed_at else [_still_open(cpts, at)]
    blocks += [
        Facts(tuple(_circumstances(cpts, call_list))),
        Heading("Ce qui a été mesuré"),
        _measures(results),
        Table("", PROFESSION * ABREAST, _abreast([_profession(one) for one in results.by_profession])),
        Heading("Chacun"),
        Table("", PERSON * ABREAST, _abreast([_person(call_list, line) for line in lines])),
    ]
    return _document(cpts, call_list, call_list.title, tuple(blocks), at)


def call_sheet(cpts: Cpts, call_list: CallList, lines: Sequence[CallLine], *, at: datetime) -> Document:
    """Names, numbers, and room to write: what callers take along when there is no network."""
    rows = tuple(Row((_who(line), _numbers(line), OR_NOT, OR_NOT, "…………", "………………")) for line in lines)
    blocks = (
        Paragraph(plain(f"{call_list.purpose.prefix}{call_list.message}")),
        Table("", SHEET, rows),
    )
    return _document(cpts, call_list, f"Feuille d’appel\u00a0: {call_list.title}", blocks, at)


def _document(cpts: Cpts, call_list: CallList, title: str, blocks: tuple[Block, ...], at: datetime) -> Document:
    return Document(
        title=title,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=call_list.purpose.label,
        dated_on=clock.local(call_list.closed_at or at, cpts).date(),
        status="Close" if call_list.closed_at else "En cours",
        author=call_list.opened_by.name,
        cover=Facts(()),
        chapters=(Chapter("appels", title, blocks, Part.ANNEX),),
        address="",
        watermark="EXERCICE" if call_list.purpose is Purpose.EXERCISE else "",
    )


def _still_open(cpts: Cpts, at: datetime) -> Notice:
    return Notice(plain(f"Liste encore ouverte\u00a0: état au {moment(at, cpts)}."), Tone.WARNING)


def _circumstances(cpts: Cpts, call_list: CallList) -> list[Fact]:
    opened = f"{moment(call_list.opened_at, cpts)}, par {call_list.opened_by.name}"
    closed = f"{moment(call_list.closed_at, cpts)}" + (
        f", par {call_list.closed_by.name}" if call_list.closed_by else ""
    )
    return [
        Fact("Objet", call_list.purpose.label),
        Fact("Public", f"{call_list.audience} – {call_list.channel.label}"),
        Fact("Ouverte le", opened),
        *([Fact("Close le", closed)] if call_list.closed_at else []),
        Fact("Message", call_list.message),
    ]


def _measures(results: Results) -> Table:
    """One line of figures: what the page is printed for."""
    figures = {
        "Appelés": str(results.asked),
        "Joints": f"{results.reached} ({results.answer_rate}\u00a0%)",
        "La moitié en": in_words(results.median),
        "90\u00a0% en": in_words(results.ninetieth),
        "Viennent": f"{results.coming} (non\u00a0: {results.not_coming})",
        "Mauvais numéros": str(results.wrong_numbers),
    }
    return Table("", tuple(map(Column, figures)), (Row(tuple(figures.values())),))


def _profession(one: ProfessionResult) -> tuple[str, str]:
    return (one.profession, f"{one.reached} sur {one.asked}")


def _person(call_list: CallList, line: CallLine) -> tuple[str, str]:
    """« Yaël BARTHÉLEMY », « 12 min, vient »."""
    if line.outcome is not Outcome.REACHED or line.answered_at is None:
        return (line.name, outcome_in_words(line).lower())
    comes = {True: ", vient", False: ", ne vient pas", None: ""}[line.comes]
    return (line.name, f"{in_words(line.answered_at - call_list.opened_at)}{comes}")


def _abreast(cells: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
    """Several a line, read down the left column first."""
    tall = -(-len(cells) // ABREAST)
    columns = (cells[start : start + tall] for start in range(0, len(cells), tall or 1))
    return tuple(Row(tuple(chain.from_iterable(row))) for row in zip_longest(*columns, fillvalue=("", "")))


def outcome_in_words(line: CallLine) -> str:
    """« Joint, vient », « Pas de réponse », « À appeler »."""
    if line.outcome is None:
        return NOT_TRIED
    if line.outcome is not Outcome.REACHED or line.comes is None:
        return line.outcome.label
    return f"{line.outcome.label}, {'vient' if line.comes else 'ne vient pas'}"


def _who(line: CallLine) -> str:
    return f"{line.name}\n{line.what}" if line.what else line.name


def _numbers(line: CallLine) -> str:
    if line.contact is None:
        return "n’est plus dans l’annuaire"
    return "\n".join(telephone(phone.number) for phone in line.contact.phones_direct_first) or "sans téléphone"
