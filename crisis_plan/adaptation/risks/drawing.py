"""The matrix as a drawing: where each cell and each number stands, in units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crisis_plan.adaptation.risks.ranking import Numbered, matrix
from crisis_plan.adaptation.risks.rules import Judged, Likelihood, Priority, priority

MARGIN = 72
"""Room for the words of the severity."""
CELL = 76
STEP = 24
"""From a mark to the next."""
A_LINE = 3
"""Marks side by side in a cell."""
FOOT = 52
"""Room for the words of the likelihood."""
PADDING = 14
"""Above and below the marks of a cell, together."""
BESIDE = 6
"""From the words of a line to its cells."""
BELOW = 15
"""From the cells to the first words of a column."""


@dataclass(frozen=True)
class Cell:
    """One square of the matrix."""

    x: int
    y: int
    height: int
    priority: Priority

    width: int = CELL


@dataclass(frozen=True)
class Mark:
    """A risk's number, around the middle (x, y)."""

    number: int
    x: float
    y: float
    priority: Priority


@dataclass(frozen=True)
class Label:
    """The words of a line or a column, around their middle."""

    words: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...]
    severities: tuple[Label, ...]
    likelihoods: tuple[Label, ...]


def draw(listed: Sequence[Numbered[Judged]]) -> Drawing:
    """Each line as high as its fullest cell needs; every number of the list once, in its cell."""
    cells, marks, labels, top = list[Cell](), list[Mark](), list[Label](), 0
    for serious, line in matrix(listed):
        height = _height(max(map(len, line)))
        labels.append(Label((serious.label,), MARGIN - BESIDE, top + height / 2))
        for likely, held in zip(Likelihood, line, strict=True):
            cell = Cell(MARGIN + CELL * (likely - 1), top, height, priority(likely, serious))
            cells.append(cell)
            marks += _marks(cell, held)
        top += height
    columns = (Label(tuple(one.label.split()), MARGIN + CELL * (one - 0.5), top + BELOW) for one in Likelihood)
    width = MARGIN + CELL * len(Likelihood) + 1
    return Drawing(width, top + FOOT, tuple(cells), tuple(marks), tuple(labels), tuple(columns))


def _height(most: int) -> int:
    """Two lines of marks at least, so that an empty matrix is still a square."""
    return max(2, -(-most // A_LINE)) * STEP + PADDING


def _marks(cell: Cell, held: Sequence[Numbered[Judged]]) -> list[Mark]:
    """Line after line of marks, in the middle of the cell."""
    lines = [held[start : start + A_LINE] for start in range(0, len(held), A_LINE)]
    first = cell.y + cell.height / 2 - STEP * (len(lines) - 1) / 2
    return [
        Mark(one.number, cell.x + CELL / 2 + STEP * (place - (len(line) - 1) / 2), first + STEP * row, cell.priority)
        for row, line in enumerate(lines)
        for place, one in enumerate(line)
    ]
