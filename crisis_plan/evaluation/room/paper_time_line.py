"""The time line in the paper of a debrief: its table takes one line a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from crisis_plan.document.blocks import Column, Row, TimeLine, words

VERBS = ("Prise", "Émis", "Envoyé")
"""What goes on from its nature: « Décision prise », « Point de situation émis »."""
BY_DAY = (Column("Jour", 1.2), Column("Ce qui s’est passé", 6.0))


def by_day(line: TimeLine) -> TimeLine:
    """The same time line; what happened on one day runs on, each with its hour and its entry."""
    rows = [[words(cell) for cell in row.cells] for row in line.table.rows]
    return replace(line, table=replace(line.table, columns=BY_DAY, rows=tuple(_days(rows)))) if rows else line


def _days(rows: Iterable[list[str]]) -> Iterable[Row]:
    for day, of_day in groupby(rows, key=lambda cells: cells[0].partition(", ")[0]):
        yield Row((day, "\u00a0; ".join(map(_said, of_day))), key=day)


def _said(cells: list[str]) -> str:
    """« 12:10 Décision prise, raison écrite (n° 20) », « 20:15 Silence : 4 h sans saisie (n° 54 → n° 55) »."""
    moment, nature, what, entry = cells
    hour = moment.partition(", ")[2]
    said = f"{nature} {what[0].lower()}{what[1:]}" if what.startswith(VERBS) else f"{nature}\u00a0: {what}"
    said += f" ({entry})" if entry else ""
    return f"{hour} {said}" if hour else said
