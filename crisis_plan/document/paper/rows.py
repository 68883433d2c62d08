"""Rows set straight on the sheet: hundreds of them, so no object is made that is not drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crisis_plan.document.blocks import Cell
from crisis_plan.document.paper.columns import GUTTER
from crisis_plan.document.paper.flow import Flow, below, put
from crisis_plan.document.paper.lines import Line, broken
from crisis_plan.document.paper.sheet import Box
from crisis_plan.document.paper.styles import ACCENT, FRAME, HAIRLINE, Style

BAR = 7.0
"""How thick a bar is, in points."""

KEPT_WHOLE = 0.6
"""The part of a page that a row may fill and still be moved whole to the next one."""

FIGURE_WIDTH = 32.0
"""What the number keeps for itself before its bar."""

Cut = list[list[Line]]
"""The cells of a row, cut into lines."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The lanes of a table, and the space it takes."""

    lanes: list[Lane]
    x: float
    width: float
    padding: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Where one column stands and how its words look."""

    x: float
    width: float
    style: Style
    is_numeric: bool = False


def grid(
    x: float,
    width: float,
    columns: Sequence[float],
    styles: Sequence[Style],
    *,
    padding: float,
    inset: float = 0.0,
    numeric: Sequence[bool] = (),
) -> Grid:
    """Columns of these widths side by side, `inset` points inside the table's edges."""
    placed: list[Lane] = []
    at = x + inset
    for index, (column, style) in enumerate(zip(columns, styles, strict=True)):
        placed.append(Lane(at, column, style, bool(numeric) and numeric[index]))
        at += column + GUTTER
    return Grid(placed, x, width, padding)


def cut(table: Grid, cells: Sequence[Cell]) -> Cut:
    """The lines of each cell; a row too short is completed, a row too long is not printed beyond its headings."""
    full = [*cells[: len(table.lanes)], *[""] * (len(table.lanes) - len(cells))]
    return [broken(cell, lane.style, lane.width) for lane, cell in zip(table.lanes, full, strict=True)]


def height(table: Grid, cells: Cut) -> float:
    tallest = max(len(lines) * lane.style.leading for lines, lane in zip(cells, table.lanes, strict=True))
    return tallest + 2 * table.padding


def set_row(flow: Flow, table: Grid, cells: Cut, turn: Callable[[], None], bars: Sequence[float] = ()) -> None:
    """Set one row whole, on the next sheet if need be; only what would fill most of a page is cut between lines.

    `bars`: for each lane, the part of its length that a bar takes.
    """
    tall = height(table, cells)
    if tall > flow.room and not flow.is_at_top and tall <= FRAME.height * KEPT_WHOLE:
        turn()
    while height(table, cells) > flow.room:
        fit = [int((flow.room - 2 * table.padding) // lane.style.leading) for lane in table.lanes]
        if max(fit) < 2 and flow.room < FRAME.height / 2:
            turn()
            continue
        fit = [max(count, 1) for count in fit]
        _set(flow, table, [lines[:count] for lines, count in zip(cells, fit, strict=True)])
        cells = [lines[count:] for lines, count in zip(cells, fit, strict=True)]
        turn()
    if any(cells):
        _draw_bars(flow, table, bars)
        _set(flow, table, cells)


def _draw_bars(flow: Flow, table: Grid, bars: Sequence[float]) -> None:
    """Beside the first line of a cell, where its number stands."""
    for lane, length in zip(table.lanes, bars, strict=False):
        if length:
            bottom = flow.y - table.padding - lane.style.leading + (lane.style.leading - BAR) / 2
            room = lane.width - FIGURE_WIDTH
            flow.sheet.boxes.append(Box(lane.x + FIGURE_WIDTH, bottom, max(room * length, 0.8), BAR, ACCENT))


def _set(flow: Flow, table: Grid, cells: Cut) -> None:
    sheet, top = flow.sheet, flow.y - table.padding
    first = min(below(top, lane.style) for lane in table.lanes)
    for lines, lane in zip(cells, table.lanes, strict=True):
        baseline = first
        for line in lines:
            put(sheet, line, lane.style, lane.x + (lane.width - line.width if lane.is_numeric else 0), baseline)
            baseline -= lane.style.leading
    sheet.end -= height(table, cells)
    flow.rule(table.x, table.x + table.width, 0.4, HAIRLINE)
