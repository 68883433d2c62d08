"""Check lists: a box to tick by hand, when, by whom, what."""

from __future__ import annotations

from crisis_plan.document.blocks import Cell, CheckItem, CheckList, Span
from crisis_plan.document.paper.columns import GUTTER
from crisis_plan.document.paper.flow import Flow
from crisis_plan.document.paper.lines import natural_width
from crisis_plan.document.paper.rows import cut, grid, height, set_row
from crisis_plan.document.paper.sheet import Box
from crisis_plan.document.paper.styles import INK

BOX = 0.86
"""The side of a box, for one point of text."""

WIDEST_WHEN = 0.2
"""The part of the width that the times may take."""


def set_check_list(flow: Flow, block: CheckList, x: float, width: float) -> None:
    """One line an item; times stand under each other where there are any."""
    style = flow.styles.body
    side = style.size * BOX
    when = _when_width(flow, block, width)
    columns = [side, when, width - side - when - 2 * GUTTER] if when else [side, width - side - GUTTER]
    table = grid(x, width, columns, [style] * len(columns), padding=flow.styles.padding)
    for item in block.items:
        cells: list[Cell] = (
            ["", (Span(item.when, bold=True, mark=item.mark),), _what(item)] if when else ["", _what(item)]
        )
        lines = cut(table, cells)
        set_row(flow, table, lines, flow.turn)
        top = flow.y + height(table, lines) - table.padding - (style.leading - side) / 2
        flow.sheet.boxes.append(Box(x, top - side, side, side, INK, outline=1.0))
    flow.down(style.after)


def _when_width(flow: Flow, block: CheckList, width: float) -> float:
    """As wide as the longest time; nothing where no item has one."""
    style = flow.styles.body
    widest = max((natural_width((Span(item.when, bold=True),), style) for item in block.items), default=0.0)
    return min(widest + 1, width * WIDEST_WHEN) if widest else 0.0


def _what(item: CheckItem) -> tuple[Span, ...]:
    who = (Span(f"{item.who}\u00a0: ", bold=True, mark=item.mark),) if item.who else ()
    proof = (Span(f" – Preuve\u00a0: {item.proof}", italic=True, mark=item.mark),) if item.proof else ()
    return (*who, *item.text, *proof)
