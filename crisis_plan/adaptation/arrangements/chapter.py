"""Needs, circuits and continuity, as the plan prints them: what, answer, who, where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from crisis_plan.adaptation.arrangements import queries
from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.rules import ArrangementKind, care_without_line, gap_in_words
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.durations import HOUR, in_words
from crisis_plan.document.blocks import (
    Block,
    Cell,
    Column,
    Notice,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    plain,
)
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

ANSWER, WHO, WHERE = Column("Réponse", 3), Column("Qui", 1.8), Column("Où", 1.3)
TYPES = Column("Types", 0.7)
WAIT = Column("Au plus\u00a0tard", 1)
EVERY_TYPE = "tous"


def needs(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """What is needed in which crisis, and who answers."""
    return _listed(ArrangementKind.NEED, queries.arrangements(cpts, ArrangementKind.NEED))


def circuits(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """The ways of patients that change, and where they lead."""
    return _listed(ArrangementKind.CIRCUIT, queries.arrangements(cpts, ArrangementKind.CIRCUIT))


def continuity(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """The care that goes on, how long it can wait, and the kinds of care that nobody has written about yet."""
    lines = queries.arrangements(cpts, ArrangementKind.CONTINUITY)
    blocks = _listed(ArrangementKind.CONTINUITY, lines)
    gap = gap_in_words(care_without_line(lines)) if lines else ""
    return (*blocks, Notice(plain(gap), Tone.WARNING)) if gap else blocks


def _listed(kind: ArrangementKind, lines: Sequence[Arrangement]) -> tuple[Block, ...]:
    """The table of a list, without the columns that no line fills, and what the numbers of its crisis types mean."""
    told: dict[Column, Callable[[Arrangement], Cell]] = {
        column: cell for column, cell in COLUMNS.items() if any(cell(line) for line in lines) or column in ALWAYS
    }
    rows = tuple(
        Row((_what(line), *(_shown(column, cell(line)) for column, cell in told.items())), key=f"ligne-{line.id}")
        for line in lines
    )
    empty = f"La liste «\u00a0{kind.label}\u00a0» n’a pas encore de ligne."
    table = Table(kind.label, (Column(kind.heading, 2), *told), rows, empty=empty)
    named = crisis_types(value for line in lines for value in line.crisis_types)
    return (table, Paragraph(plain(_legend(named)))) if named else (table,)


def _legend(named: Sequence[CrisisType]) -> str:
    types = "\u00a0; ".join(f"{one.number}, {one.label.lower()}" for one in named)
    return f"Types de crise\u00a0: {types}."


def _what(line: Arrangement) -> Cell:
    """What it is, below the kind of care where the words are others."""
    says_more = line.care is not None and folded(line.care.label) != folded(line.what)
    care = (Span(f"{line.care.label}\n"),) if line.care and says_more else ()
    return (*care, Span(line.what, bold=True))


def _wait(line: Arrangement) -> str:
    return in_words(line.within_hours and line.within_hours * HOUR)


def _answer(line: Arrangement) -> str:
    return line.answer


def _who(line: Arrangement) -> Cell:
    """The function first: whoever holds it on the day."""
    if line.function is None:
        return line.who or "À indiquer"
    return (Span(line.function.name, bold=True), *((Span(f"\n{line.who}"),) if line.who else ()))


def _where(line: Arrangement) -> str:
    return "\n".join(part for part in (line.place.name if line.place else "", line.where) if part)


def _types(line: Arrangement) -> str:
    return ", ".join(str(one.number) for one in crisis_types(line.crisis_types))


def _shown(column: Column, said: Cell) -> Cell:
    """A line of no type in a table of types is one of every crisis."""
    return said or (EVERY_TYPE if column is TYPES else "")


COLUMNS = {WAIT: _wait, ANSWER: _answer, WHO: _who, WHERE: _where, TYPES: _types}
"""After what is asked: each column, and what a line says in it."""
ALWAYS = (ANSWER, WHO)
"""Asked by the trame: an empty cell says what is missing."""
