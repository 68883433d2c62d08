"""How wide each column of a table is: by weight, then room goes from those that have too much to those that lack it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from crisis_plan.document.blocks import Cell, Table, words
from crisis_plan.document.paper.lines import longest_word, natural_width
from crisis_plan.document.paper.styles import Style

GUTTER = 11.0
"""Between two columns, in points."""

SAMPLE = 200
"""Rows that are enough to know how wide a column wants to be."""

MOST = 0.97
"""The part of the rows that decides; the longest names wrap rather than narrow the other columns."""


def widths(table: Table, available: float, heading: Style, cell: Style) -> list[float]:
    """The widths in points; they fill what is available, gutters included."""
    room = available - GUTTER * (len(table.columns) - 1)
    total = sum(max(column.weight, 0.0) for column in table.columns)
    even = 1 / len(table.columns)
    shares = [room * (max(column.weight, 0.0) / total if total else even) for column in table.columns]
    headings = [longest_word(column.heading, heading) for column in table.columns]
    cells = _usual(table, lambda content: min(longest_word(words(content), cell), room * 0.24))
    least = [max(pair) for pair in zip(headings, cells, strict=True)]
    if sum(least) > room:
        least = [need * room / sum(least) for need in least]
    wanted = [
        max(pair) for pair in zip(least, _usual(table, lambda content: natural_width(content, cell)), strict=True)
    ]
    return _with_least(_balanced(shares, wanted), least)


def _usual(table: Table, measure: Callable[[Cell], float]) -> list[float]:
    """For each column, the measure that nearly all its cells stay under."""
    sample = table.rows[:: max(1, len(table.rows) // SAMPLE)]
    usual: list[float] = []
    for index in range(len(table.columns)):
        found = sorted(measure(row.cells[index]) for row in sample if index < len(row.cells))
        usual.append(found[ceil((len(found) - 1) * MOST)] if found else 0.0)
    return usual


def _balanced(shares: Sequence[float], wanted: Sequence[float]) -> list[float]:
    spare = [max(0.0, share - want) for share, want in zip(shares, wanted, strict=True)]
    lack = [max(0.0, want - share) for share, want in zip(shares, wanted, strict=True)]
    moved = min(sum(spare), sum(lack))
    if moved == 0:
        return list(shares)
    return [
        share - moved * more / sum(spare) + moved * less / sum(lack)
        for share, more, less in zip(shares, spare, lack, strict=True)
    ]


def _with_least(sizes: list[float], least: Sequence[float]) -> list[float]:
    """Raise what is under its longest word, at the cost of whoever has the most to give."""
    for index, need in enumerate(least):
        while (short := need - sizes[index]) > 0.01:
            giver = max(range(len(sizes)), key=lambda other: sizes[other] - least[other])
            given = min(short, sizes[giver] - least[giver])
            if giver == index or given <= 0.01:
                break
            sizes[giver] -= given
            sizes[index] += given
    return sizes
