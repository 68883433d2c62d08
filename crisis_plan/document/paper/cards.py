"""An action card on its sheet: one page to be pinned up, as large as it allows.

The strip and the first list of steps cross the page; the parts that follow stand in two columns, where short lines do
not waste it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from crisis_plan.document.blocks import Block, Chapter, Facts, Heading, Paragraph, Span, words
from crisis_plan.document.editions import is_blank
from crisis_plan.document.paper.chapters import Label
from crisis_plan.document.paper.flow import Flow, below, put
from crisis_plan.document.paper.lines import Line, broken
from crisis_plan.document.paper.prose_blocks import heading_words, set_blocks
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

CARD_FRAME = Frame(left=38, right=PAGE_WIDTH - 38, bottom=62)
GUTTER = 20.0
SCALES = (1.14, 1.07, 1.0, 0.95, 0.9, 0.86, 0.82)
"""The largest that holds on one page is taken; below the last, a second page reads better."""
GROUP = "Fiches actions"
TITLE_SIZES = (23.0, 20.0, 17.0, 14.5)


@dataclass(frozen=True)
class CardPart:
    """What stands under one heading of the card; the strip has none."""

    heading: Heading | None
    blocks: tuple[Block, ...]


def card_sheets(chapter: Chapter, label: Label, anchor: str) -> list[Sheet]:
    """The card on one page where its words stay readable at arm's length, else on two, as large as they allow."""
    tried = cache(lambda rank: _sheets(chapter, label, anchor, SCALES[rank]))
    for most in (1, 2):
        rank = bisect_left(range(len(SCALES)), True, key=lambda rank: len(tried(rank)) <= most)
        if rank < len(SCALES):
            return tried(rank)
    return tried(len(SCALES) - 1)


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
    parts = _parts(chapter.blocks)
    across = next((rank for rank, part in enumerate(parts) if part.heading), -1) + 1
    for part in parts[:across]:
        _set_part(flow, part)
    _set_columns(flow, parts[across:])
    return flow.sheets


def _parts(blocks: Iterable[Block]) -> list[CardPart]:
    found: list[CardPart] = []
    heading: Heading | None = None
    held: list[Block] = []
    for block in (*(one for one in blocks if not is_blank(one)), Heading("")):
        if isinstance(block, Heading) and block.level <= 2:
            if heading or held:
                found.append(CardPart(heading, tuple(held)))
            heading, held = block, []
        else:
            held.append(block)
    return found


def _set_columns(flow: Flow, parts: Sequence[CardPart]) -> None:
    """The parts in their order, cut where the two columns are the least uneven; on a fresh page if they must."""
    if not parts:
        return
    left, right = _frames()
    talls = [_height(_column(flow, left, (part,))) for part in parts]
    cut = min(range(1, len(parts) + 1), key=lambda rank: max(sum(talls[:rank]), sum(talls[rank:])))
    columns = _column(flow, left, parts[:cut]), _column(flow, right, parts[cut:])
    if any(len(column.sheets) > 1 for column in columns):
        for part in parts:
            _set_part(flow, part)
        return
    tall = max(map(_height, columns))
    if tall + flow.styles.headings[2].before > flow.room:
        flow.turn()
    flow.down(flow.styles.headings[2].before)
    top = flow.y
    for column in columns:
        flow.sheet.absorb(column.sheet, CARD_FRAME.top - top)
    flow.sheet.end = top - tall


def _frames() -> tuple[Frame, Frame]:
    middle = (CARD_FRAME.left + CARD_FRAME.right) / 2
    return (
        Frame(CARD_FRAME.left, middle - GUTTER / 2, bottom=CARD_FRAME.bottom),
        Frame(middle + GUTTER / 2, CARD_FRAME.right, bottom=CARD_FRAME.bottom),
    )


def _column(flow: Flow, frame: Frame, parts: Sequence[CardPart]) -> Flow:
    column = Flow(flow.styles, frame)
    for part in parts:
        _set_part(column, part, in_column=True)
    return column


def _height(column: Flow) -> float:
    return sum(CARD_FRAME.top - sheet.end for sheet in column.sheets)


def _set_part(flow: Flow, part: CardPart, *, in_column: bool = False) -> None:
    if part.heading:
        _set_heading(flow, part.heading)
    for block in part.blocks:
        shown = _run_in(block) if in_column and isinstance(block, Facts) else (block,)
        set_blocks(flow, shown, flow.frame.left, flow.frame.width)


def _run_in(facts: Facts) -> tuple[Paragraph, ...]:
    """In a narrow column a label leads its line."""
    return tuple(
        Paragraph(
            (
                Span(f"{fact.label}\u00a0: ", bold=True, mark=fact.mark),
                *((Span(fact.value),) if isinstance(fact.value, str) else fact.value),
            )
        )
        for fact in facts.facts
        if words(fact.value)
    )


def _set_banner(sheet: Sheet, title: str, kicker: str) -> None:
    """White on dark across the sheet; the number of the card is found by leafing through."""
    above = Style(10.5, 14, bold=True, colour=WHITE)
    style, lines = _title(title)
    said_above = broken(kicker, above, CARD_FRAME.width) if kicker else []
    tall = len(said_above) * above.leading + len(lines) * style.leading + 14
    top = PAGE_HEIGHT - 58
    sheet.boxes.append(Box(0, top - tall, PAGE_WIDTH, tall, ACCENT))
    y = top - 7
    for line, look in (*((line, above) for line in said_above), *((line, style) for line in lines)):
        put(sheet, line, look, CARD_FRAME.left, below(y, look))
        y -= look.leading
    sheet.end = top - tall - 7


def _title(title: str) -> tuple[Style, list[Line]]:
    """As large as two lines allow."""
    for size in TITLE_SIZES:
        style = Style(size, size * 1.16, bold=True, colour=WHITE)
        lines = broken(title, style, CARD_FRAME.width)
        if len(lines) <= 2:
            break
    return style, lines


def _set_heading(flow: Flow, heading: Heading) -> None:
    """A word above a rule: seen from afar, also in black and white."""
    style = flow.styles.headings[2]
    lines = broken(heading_words(heading), style, flow.frame.width)
    flow.need(style.before + len(lines) * style.leading + style.after + 3 * flow.styles.body.leading)
    flow.down(style.before)
    flow.set_lines(lines, style, flow.frame.left)
    flow.rule(flow.frame.left, flow.frame.right, 1.6, INK)
    flow.down(style.after)
