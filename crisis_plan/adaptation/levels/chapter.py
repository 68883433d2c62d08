"""The ladder of levels, as the plan prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crisis_plan.adaptation.durations import every, in_words
from crisis_plan.adaptation.levels import queries
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.levels.rules import OWN_SCALE
from crisis_plan.document.blocks import Block, Column, Paragraph, Row, Span, Table, Text, plain
from crisis_plan.organisations.models import Cpts

COLUMNS = (
    Column("Niveau", 1.3),
    Column("Critères", 2.2),
    Column("Qui décide", 1.4),
    Column("Mobilise", 2.8),
    Column("Point de situation", 1.3),
)


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """That the ladder is the CPTS's own, then the ladder, from the lightest level."""
    levels, numbers = queries.ladder(cpts), queries.card_numbers(cpts)
    rows = tuple(
        _row(rank, level, sorted(numbers[card.id] for card in level.cards))
        for rank, level in enumerate(levels, start=1)
    )
    table = Table("Niveaux, du plus léger au plus lourd", COLUMNS, rows, empty="Aucun niveau n’est décrit.")
    return (Paragraph(plain(OWN_SCALE, italic=True)), table) if levels else (table,)


def _row(rank: int, level: Level, cards: Sequence[int]) -> Row:
    name = (Span(f"{rank}. {level.name}", bold=True),)
    cells = (name, level.criteria, level.decided_by, _mobilised(level, cards), _pace(level))
    return Row(cells, key=f"niveau-{level.id}")


def _mobilised(level: Level, cards: Sequence[int]) -> Text:
    """What it says, then what was chosen, a line for each kind."""
    kinds: tuple[tuple[str, Sequence[Any]], ...] = (
        ("Fonctions", level.functions),
        ("Stock", level.items),
        ("Lieux", level.places),
    )
    lines = [(heading, ", ".join(one.name for one in chosen)) for heading, chosen in kinds if chosen]
    if cards:
        lines.append(("Fiches", coded(cards)))
    told = ((Span(level.mobilises),),) if level.mobilises else ()
    return _on_lines((*told, *((Span(f"{heading}\u00a0: ", bold=True), Span(names)) for heading, names in lines)))


def coded(numbers: Sequence[int]) -> str:
    """« F1 à F3, F5 »: the cards as their pages are called, those that follow one another told together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(run[0], run[-1]) for run in runs)


def _run(first: int, last: int) -> str:
    if first == last:
        return f"F{first}"
    return f"F{first}, F{last}" if last == first + 1 else f"F{first} à F{last}"


def _on_lines(lines: Iterable[Text]) -> Text:
    """Texts under one another."""
    joined: list[Span] = []
    for line in lines:
        joined += ([Span("\n")] if joined else []) + list(line)
    return tuple(joined)


def _pace(level: Level) -> str:
    """How often one reports, and when silence is noticed."""
    report = every(level.report_every_minutes) or "à la demande"
    if level.silence_reminder_minutes is None:
        return report
    return f"{report}\nRappel après {in_words(level.silence_reminder_minutes)} sans écrit au journal"
