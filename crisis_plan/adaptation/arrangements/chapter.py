"""Needs, circuits and continuity, as the plan prints them: what, answer, who, where."""

from __future__ import annotations

from collections.abc import Sequence
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
    """The table of a list, and what the numbers of its crisis types mean."""
    first = (Column(kind.heading, 2), *((WAIT,) if kind.asks_care else ()))
    rows = tuple(_row(line) for line in lines)
    empty = f"La liste «\u00a0{kind.label}\u00a0» n’a pas encore de ligne."
    table = Table(kind.label, (*first, ANSWER, WHO, WHERE, TYPES), rows, empty=empty)
    named = crisis_types(value for line in lines for value in line.crisis_types)
    return (table, Paragraph(plain(_legend(named)))) if named else (table,)


def _legend(named: Sequence[CrisisType]) -> str:
    types = "\u00a0; ".join(f"{one.number}, {one.label.lower()}" for one in named)
    return f"Types de crise\u00a0: {types}."


def _row(line: Arrangement) -> Row:
    wait = (in_words(line.within_hours and line.within_hours * HOUR),) if line.kind.asks_care else ()
    numbers = ", ".join(str(one.number) for one in crisis_types(line.crisis_types))
    cells: tuple[Cell, ...] = (_what(line), *wait, line.answer, _who(line), _where(line), numbers or EVERY_TYPE)
    return Row(cells, key=f"ligne-{line.id}")


def _what(line: Arrangement) -> Cell:
    care = (Span(f"{line.care.label}\n"),) if line.care else ()
    return (*care, Span(line.what, bold=True))


def _who(line: Arrangement) -> Cell:
    """The function first: whoever holds it on the day."""
    if line.function is None:
        return line.who or "À indiquer"
    return (Span(line.function.name, bold=True), *((Span(f"\n{line.who}"),) if line.who else ()))


def _where(line: Arrangement) -> str:
    return "\n".join(part for part in (line.place.name if line.place else "", line.where) if part)
