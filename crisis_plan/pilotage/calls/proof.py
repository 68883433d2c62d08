"""The proof of what a call list measured: its first page says all that counts, whatever the number of people."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

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
from crisis_plan.document.leaflet import SCALES
from crisis_plan.document.paper.chapters import Label, chapter_sheets
from crisis_plan.document.paper.styles import styles
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.paper import document, outcome_in_words
from crisis_plan.pilotage.calls.rules import Channel, Outcome, ProfessionResult, Results, in_words
from crisis_plan.web.formats import moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallLine, CallList

PERSON = (Column("Nom", 1.2), Column("Résultat"))
PROFESSION = (Column("Profession ou catégorie", 2), Column("Joints"))
MISSED = (Column("Pourquoi"), Column("Qui", 5))
ABREAST = 3
"""How many people, and professions, stand on one line."""
MOST_PROFESSIONS = 45
"""More lines of professions than that would leave no room for names: the smallest are counted together."""
NOT_REACHED = "Qui n’a pas été joint"
IN_TWO_PARTS = "Page 1\u00a0: la preuve. Suite\u00a0: la liste de chacun."


def proof_of(cpts: Cpts, call_list: CallList, lines: Sequence[CallLine], results: Results, *, at: datetime) -> Document:
    """All on one page where that stays readable; else the proof on page 1, and everyone on the sheets that follow."""
    still_open = () if call_list.closed_at else (_still_open(cpts, at),)
    circumstances, message = _circumstances(cpts, call_list), Fact("Message", call_list.message)
    reached = [line for line in lines if line.outcome is Outcome.REACHED]
    missed = [line for line in lines if line.outcome is not Outcome.REACHED]

    def first_page(names: int) -> Chapter:
        before = (*still_open, Paragraph(plain(IN_TWO_PARTS)), Facts(circumstances))
        return _chapter(call_list.title, *before, *_measured(call_list.channel, results), *_missed(missed, names))

    answered = _everyone(call_list, reached, "Qui a été joint") if reached else ()
    facts = Facts((*circumstances, message))
    whole = _chapter(
        call_list.title,
        *still_open,
        facts,
        *_measured(call_list.channel, results),
        *_missed(missed, len(missed)),
        *answered,
    )
    if fits(whole, SCALES[-1]):
        return document(cpts, call_list, (whole,), at)
    shown = bisect_left(range(1, len(missed) + 1), True, key=lambda names: not fits(first_page(names)))
    following = _chapter("Suite\u00a0: la liste", Facts((message,)), *_everyone(call_list, lines, "Chacun"))
    return document(cpts, call_list, (first_page(shown), following), at)


def _chapter(title: str, *blocks: Block) -> Chapter:
    return Chapter("preuve", title, blocks, Part.ANNEX)


def fits(chapter: Chapter, scale: float = 1.0) -> bool:
    """Whether this chapter is one sheet, its words that much smaller."""
    return len(chapter_sheets(chapter, Label(), chapter.key, styles(scale))) == 1


def _still_open(cpts: Cpts, at: datetime) -> Notice:
    return Notice(plain(f"Liste encore ouverte\u00a0: état au {moment(at, cpts)}."), Tone.WARNING)


def _circumstances(cpts: Cpts, call_list: CallList) -> tuple[Fact, ...]:
    opened = f"{moment(call_list.opened_at, cpts)}, par {call_list.opened_by.name}"
    closed = f"{moment(call_list.closed_at, cpts)}" + (
        f", par {call_list.closed_by.name}" if call_list.closed_by else ""
    )
    return (
        Fact("Objet", call_list.purpose.label),
        Fact("Public", f"{call_list.audience} – {call_list.channel.label}"),
        Fact("Ouverte le", opened),
        *([Fact("Close le", closed)] if call_list.closed_at else []),
    )


def _measured(channel: Channel, results: Results) -> tuple[Block, ...]:
    """One line of figures, which the page is printed for, then every profession."""
    figures = {
        "Appelés" if channel is Channel.TELEPHONE else "Résultat noté": f"{results.tried} sur {results.asked}",
        "Joints": f"{results.reached} ({results.answer_rate}\u00a0%)",
        "La moitié en": in_words(results.median),
        "90\u00a0% en": in_words(results.ninetieth),
        "Viennent": f"{results.coming} (non\u00a0: {results.not_coming})",
        "Mauvais numéros": str(results.wrong_numbers),
    }
    return (
        Heading("Ce qui a été mesuré"),
        Table("", tuple(map(Column, figures)), (Row(tuple(figures.values())),)),
        Table("", PROFESSION * ABREAST, _abreast([_profession(one) for one in _named(results.by_profession)])),
    )


def _named(professions: Sequence[ProfessionResult]) -> list[ProfessionResult]:
    """The most numerous; where there are very many, the others are counted as one."""
    if len(professions) <= MOST_PROFESSIONS:
        return list(professions)
    shown, others = professions[: MOST_PROFESSIONS - 1], professions[MOST_PROFESSIONS - 1 :]
    asked, reached = sum(one.asked for one in others), sum(one.reached for one in others)
    return [*shown, ProfessionResult(f"{len(others)} autres professions", asked, reached)]


def _profession(one: ProfessionResult) -> tuple[str, str]:
    return (one.profession, f"{one.reached} sur {one.asked}")


def _missed(missed: Sequence[CallLine], names: int) -> tuple[Block, ...]:
    """Who was not reached, by why: how many, and the first names of the list, as many as asked for."""
    if not missed:
        return (Heading(NOT_REACHED), Paragraph(plain("Tout le monde a été joint.")))
    found: dict[str, list[str]] = {}
    for rank, line in enumerate(missed):
        found.setdefault(outcome_in_words(line), []).append(line.name if rank < names else "")
    rows = tuple(Row((f"{why}\u00a0: {len(people)}", _first(people))) for why, people in found.items())
    return (Heading(f"{NOT_REACHED}\u00a0: {len(missed)}"), Table("", MISSED, rows))


def _first(people: Sequence[str]) -> str:
    """« Ada, Bea, et 12 autres dans la suite »: those without a name here are named there."""
    named = [name for name in people if name]
    if len(named) == len(people):
        return ", ".join(named)
    more = len(people) - len(named)
    return ", ".join(
        [*named, f"et {more} autre{'s' if more > 1 else ''} dans la suite" if named else f"{more} dans la suite"]
    )


def _everyone(call_list: CallList, lines: Sequence[CallLine], heading: str) -> tuple[Block, ...]:
    return (Heading(heading), Table("", PERSON * ABREAST, _abreast([_person(call_list, line) for line in lines])))


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
