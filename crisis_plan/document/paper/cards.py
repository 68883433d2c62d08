"""An action card on its sheet: one page to be pinned up, as large as it allows."""

from __future__ import annotations

from crisis_plan.document.blocks import Chapter, Heading
from crisis_plan.document.editions import is_blank
from crisis_plan.document.paper.chapters import Label
from crisis_plan.document.paper.flow import Flow, below, put
from crisis_plan.document.paper.lines import Line, broken
from crisis_plan.document.paper.prose_blocks import set_blocks
from crisis_plan.document.paper.sheet import Box, Entry, Sheet
from crisis_plan.document.paper.styles import (
    ACCENT,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WHITE,
    Frame,
    Style,
    card_styles,
)

CARD_FRAME = Frame(left=46, right=PAGE_WIDTH - 46)
SCALES = (1.14, 1.07, 1.0, 0.94, 0.88)
"""The largest that holds on one page is taken; below the last, a second page reads better."""
GROUP = "Fiches actions"
TITLE_SIZES = (23.0, 20.0, 17.0, 14.5)


def card_sheets(chapter: Chapter, label: Label, anchor: str) -> list[Sheet]:
    """The card on one page where its words stay readable at arm's length, else on two."""
    for scale in SCALES:
        sheets = _sheets(chapter, label, anchor, scale)
        if len(sheets) == 1:
            return sheets
    return _sheets(chapter, label, anchor, 1.0)


def grouped(sheets: list[Sheet], *, is_first: bool) -> list[Sheet]:
    """The sheets of a card, listed by the contents under the name of all cards; the first card opens the list."""
    sheet = sheets[0]
    opening = [entry._replace(number="", title=GROUP, anchor=f"{entry.anchor}-groupe") for entry in sheet.entries]
    listed = [entry._replace(level=1) for entry in sheet.entries]
    sheet.entries = [*opening, *listed] if is_first else listed
    return sheets


def _sheets(chapter: Chapter, label: Label, anchor: str, scale: float) -> list[Sheet]:
    flow = Flow(card_styles(scale), CARD_FRAME)
    flow.sheet.entries.append(Entry(0, label.number, chapter.title, anchor, flow.y))
    _set_banner(flow.sheet, chapter.title, label.kicker)
    for block in chapter.blocks:
        if is_blank(block):
            continue
        if isinstance(block, Heading) and block.level <= 2:
            _set_heading(flow, block)
        else:
            set_blocks(flow, (block,), flow.frame.left, flow.frame.width)
    return flow.sheets


def _set_banner(sheet: Sheet, title: str, kicker: str) -> None:
    """White on dark across the sheet; the number of the card is found by leafing through."""
    above = Style(10.5, 14, bold=True, colour=WHITE)
    style, lines = _title(title)
    said_above = broken(kicker, above, CARD_FRAME.width) if kicker else []
    tall = len(said_above) * above.leading + len(lines) * style.leading + 18
    top = PAGE_HEIGHT - 60
    sheet.boxes.append(Box(0, top - tall, PAGE_WIDTH, tall, ACCENT))
    y = top - 9
    for line, look in (*((line, above) for line in said_above), *((line, style) for line in lines)):
        put(sheet, line, look, CARD_FRAME.left, below(y, look))
        y -= look.leading
    sheet.end = top - tall - 8


def _title(title: str) -> tuple[Style, list[Line]]:
    """As large as two lines allow."""
    for size in TITLE_SIZES:
        style = Style(size, size * 1.16, bold=True, colour=WHITE)
        lines = broken(title, style, CARD_FRAME.width)
        if len(lines) <= 2:
            break
    return style, lines


def _set_heading(flow: Flow, heading: Heading) -> None:
    """A word between two rules: seen from afar, also in black and white."""
    style = flow.styles.headings[2]
    lines = broken(heading.text, style, flow.frame.width)
    flow.need(style.before + len(lines) * style.leading + style.after + 3 * flow.styles.body.leading)
    flow.down(style.before)
    flow.set_lines(lines, style, flow.frame.left)
    flow.rule(flow.frame.left, flow.frame.right, 1.6, INK)
    flow.down(style.after)
