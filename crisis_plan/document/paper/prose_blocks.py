"""Paragraphs, lists and notices on the sheet; tables and facts are next door."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Cell,
    CheckList,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
    TimeLine,
    Tone,
)
from crisis_plan.document.comparison_words import marked
from crisis_plan.document.paper.check_lists import set_check_list
from crisis_plan.document.paper.flow import Flow, Mark, Place
from crisis_plan.document.paper.fonts import width as width_of
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.sheet import Box
from crisis_plan.document.paper.styles import ACCENT, FRAME, INK, SHADE
from crisis_plan.document.paper.tables import set_facts, set_table
from crisis_plan.document.paper.time_lines import set_time_line

BULLETS = ("•", "–", "◦")

NARROWEST = 160.0
"""Lists nested so deep that less width is left go on at the same margin."""

PADDING = 7.0
"""Above and below the words of a notice."""

DEFAULT_TITLES = {Tone.NEUTRAL: "", Tone.WARNING: "Attention", Tone.URGENT: "Urgent"}
"""A tone is a word before it is a colour."""


def set_blocks(flow: Flow, blocks: Iterable[Block], x: float, width: float, depth: int = 0) -> None:
    """Set blocks that stand inside a chapter; its numbered headings are set by `chapters`."""
    for block in blocks:
        match block:
            case Paragraph():
                set_paragraph(flow, block, x, width)
            case Heading():
                set_heading(flow, block, x, width)
            case BulletList():
                set_list(flow, block, x, width, depth)
            case Notice():
                set_notice(flow, block, x, width)
            case Facts():
                set_facts(flow, block, x, width)
            case Table():
                set_table(flow, block, x, width)
            case CheckList():
                set_check_list(flow, block, x, width)
            case TimeLine():
                set_time_line(flow, block, x, width)


def set_paragraph(flow: Flow, paragraph: Paragraph, x: float, width: float) -> None:
    style = flow.styles.body
    flow.set_lines(broken(paragraph.text, style, width), style, x)
    flow.down(style.after)


def set_heading(flow: Flow, heading: Heading, x: float, width: float) -> None:
    """A heading inside a text, kept with what follows it."""
    style = flow.styles.headings[min(max(heading.level, 2), 4)]
    lines = broken(heading_words(heading), style, width)
    flow.need(style.before + len(lines) * style.leading + style.after + 3 * flow.styles.body.leading)
    flow.down(style.before)
    flow.set_lines(lines, style, x)
    flow.down(style.after)


def heading_words(heading: Heading) -> Cell:
    return marked(heading.text, heading.mark, heading.formerly.text if heading.formerly else "")


def set_list(flow: Flow, block: BulletList, x: float, width: float, depth: int) -> None:
    style = flow.styles.body
    marks = [f"{block.start + rank}." if block.ordered else BULLETS[depth % 3] for rank in range(len(block.items))]
    face = style.face(bold=block.ordered)
    indent = max((width_of(mark, face, style.size) for mark in marks), default=0.0) + 7
    indent = indent if width - indent > NARROWEST else 0.0
    for mark, item in zip(marks, block.items, strict=True):
        flow.flush_mark()
        flow.mark = Mark(x, mark, face, style.size, ACCENT)
        set_blocks(flow, item, x + indent, width - indent, depth + 1)
        flow.flush_mark()
        if item and isinstance(item[-1], Paragraph):
            flow.down(-style.after / 2)
    flow.down(style.after / 2 if depth == 0 else 0)


def set_notice(flow: Flow, notice: Notice, x: float, width: float) -> None:
    """A text set apart by a shade and a bar; the more urgent, the thicker."""
    styles = flow.styles
    bar = {Tone.NEUTRAL: 1.6, Tone.WARNING: 4.0, Tone.URGENT: 8.0}[notice.tone]
    left, inner = x + bar + 10, width - bar - 20
    title = notice.title or DEFAULT_TITLES[notice.tone]
    heading = broken(marked(title, notice.mark), styles.notice_title, inner) if title else []
    lines = broken(notice.text, styles.body, inner) if notice.text else []
    tall = len(heading) * styles.notice_title.leading + len(lines) * styles.body.leading + 2 * PADDING
    flow.need(min(tall, FRAME.height / 2))
    flow.down(2)
    start = flow.place
    flow.sheet.end -= PADDING
    flow.set_lines(heading, styles.notice_title, left)
    flow.set_lines(lines, styles.body, left)
    flow.sheet.end -= PADDING
    _shade(flow, start, x, width, bar, INK if notice.tone is Tone.URGENT else ACCENT)
    flow.down(styles.body.after + 4)


def _shade(flow: Flow, start: Place, x: float, width: float, bar: float, colour: str) -> None:
    """Behind what was set since `start`, sheet after sheet."""
    for index in range(start.sheet, len(flow.sheets)):
        sheet = flow.sheets[index]
        top = start.y if index == start.sheet else FRAME.top
        if top > sheet.end:
            sheet.boxes += [
                Box(x, sheet.end, width, top - sheet.end, SHADE),
                Box(x, sheet.end, bar, top - sheet.end, colour),
            ]
