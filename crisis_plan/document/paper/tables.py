"""Tables and facts: a heading row on every page, hairlines between rows."""

from __future__ import annotations

from dataclasses import dataclass

from crisis_plan.document.blocks import Cell, Facts, Table
from crisis_plan.document.comparison_words import marked
from crisis_plan.document.paper.columns import GUTTER, widths
from crisis_plan.document.paper.flow import Flow
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.rows import KEPT_WHOLE, Cut, Grid, cut, grid, height, set_row
from crisis_plan.document.paper.sheet import Box
from crisis_plan.document.paper.styles import ACCENT, FRAME, HAIRLINE, MANY_COLUMNS, SHADE, Style

INSET = 4.0

CUT_ROW = 120.0
"""The room that is left for the beginning of a first row so tall that it is cut between its lines."""


def set_table(flow: Flow, table: Table, x: float, width: float) -> None:
    if not table.columns:
        return
    if not table.rows:
        _set_empty(flow, table, x, width)
        return
    setting = _Setting(flow, table, *_grids(flow, table, x, width))
    setting.start()
    is_drawn = any(column.drawn for column in table.columns)
    for row in table.rows:
        bars = table.bars(row) if is_drawn else ()
        set_row(flow, setting.body, cut(setting.body, row.cells), setting.turn, bars)
    flow.down(flow.styles.body.after + 4)


def set_facts(flow: Flow, facts: Facts, x: float, width: float) -> None:
    """Label and value, one a line; a value that is long goes on under itself."""
    styles = flow.styles
    label = width * styles.label_share
    pair = grid(x, width, [label, width - label - GUTTER], [styles.label, styles.value], padding=styles.padding)
    for index, fact in enumerate(facts.facts):
        cells = cut(pair, (marked(fact.label, fact.mark), fact.value))
        if index == 0:
            flow.need(min(height(pair, cells), 120))
            flow.rule(x, x + width, 0.4, HAIRLINE)
        set_row(flow, pair, cells, flow.turn)
    if facts.facts:
        flow.down(styles.body.after + 4)


@dataclass(frozen=True, slots=True)
class _Setting:
    """A table while its rows are being set."""

    flow: Flow
    table: Table
    head: Grid
    body: Grid

    def start(self) -> None:
        """The caption and the headings, on the page of the first row."""
        flow, styles = self.flow, self.flow.styles
        caption = broken(_caption(self.table), styles.caption, self.head.width) if self.table.caption.strip() else []
        tall = styles.caption.before + len(caption) * styles.caption.leading + styles.caption.after if caption else 0.0
        kept = self.table.rows if self.table.whole else self.table.rows[:1]
        rows = sum(height(self.body, cut(self.body, row.cells)) for row in kept)
        may_be_cut = rows > FRAME.height * KEPT_WHOLE and not self.table.whole
        flow.need(tall + height(self.head, self.headings()) + (CUT_ROW if may_be_cut else rows))
        _set_caption(flow, self.table, self.head.x, self.head.width)
        self.set_headings()

    def turn(self) -> None:
        self.flow.turn()
        self.set_headings()

    def headings(self) -> Cut:
        return cut(self.head, [marked(column.heading, column.mark) for column in self.table.columns])

    def set_headings(self) -> None:
        flow, head = self.flow, self.head
        cells = self.headings()
        tall = height(head, cells)
        flow.sheet.boxes.append(Box(head.x, flow.y - tall, head.width, tall, SHADE))
        set_row(flow, head, cells, lambda: None)
        flow.rule(head.x, head.x + head.width, 1.1, ACCENT)


def _grids(flow: Flow, table: Table, x: float, width: float) -> tuple[Grid, Grid]:
    styles = flow.styles
    is_dense = len(table.columns) >= MANY_COLUMNS
    cell = styles.dense if is_dense else styles.cell
    padding = styles.padding * (0.75 if is_dense else 1.0)
    sizes = widths(table, width - 2 * INSET, styles.column, cell)
    numeric = [column.numeric and not column.drawn for column in table.columns]

    def of(style: Style) -> Grid:
        return grid(x, width, sizes, [style] * len(sizes), padding=padding, inset=INSET, numeric=numeric)

    return of(styles.column), of(cell)


def _caption(table: Table) -> Cell:
    return marked(table.caption, table.mark, table.formerly.caption if table.formerly else "")


def _set_caption(flow: Flow, table: Table, x: float, width: float) -> None:
    if table.caption.strip():
        style = flow.styles.caption
        flow.down(style.before)
        flow.set_lines(broken(_caption(table), style, width), style, x)
        flow.down(style.after)


def _set_empty(flow: Flow, table: Table, x: float, width: float) -> None:
    style = flow.styles.empty
    flow.need(style.leading * 3)
    _set_caption(flow, table, x, width)
    flow.set_lines(broken(marked(table.empty, table.mark), style, width), style, x)
    flow.down(style.after)
