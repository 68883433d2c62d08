"""The table of contents: its lines first, its page numbers when every page is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisis_plan.document.paper.flow import Flow, put
from crisis_plan.document.paper.fonts import width as width_of
from crisis_plan.document.paper.lines import broken
from crisis_plan.document.paper.sheet import Entry, Leader, Link, Rule, Sheet, Words
from crisis_plan.document.paper.styles import ACCENT, FRAME, INK, QUIET, Style, styles

CHAPTER = Style(10.8, 16, bold=True, before=7)
SECTION = Style(10, 14.4)
NUMBER_WIDTH = 30.0
PAGE_WIDTH = 34.0


def contents_sheets(entries: Iterable[Entry]) -> list[Sheet]:
    """One clickable line for each entry, ready for its number."""
    flow = Flow(styles())
    looks = flow.styles
    flow.sheet.entries.append(Entry(0, "", "Sommaire", "sommaire", flow.y))
    flow.set_lines(broken("Sommaire", looks.title, FRAME.width), looks.title, FRAME.left)
    flow.down(9)
    flow.rule(FRAME.left, FRAME.left + 54, 2.6, ACCENT)
    flow.down(14)
    for entry in entries:
        _set_entry(flow, entry)
    return flow.sheets


def write_page_numbers(sheets: Sequence[Sheet]) -> None:
    """End each leader with the page on which its entry now is."""
    pages = {entry.anchor: page for page, sheet in enumerate(sheets, start=1) for entry in sheet.entries}
    for sheet in sheets:
        for leader in sheet.leaders:
            number = str(pages[leader.anchor])
            start = leader.to_x - width_of(number, leader.face, leader.size)
            sheet.words[leader.rank] = Words(start, leader.y, leader.face, leader.size, INK, number)
            if leader.x < start - 12:
                sheet.rules.append(Rule(leader.x, leader.y + 1, start - 5, leader.y + 1, 0.7, QUIET, dotted=True))


def _set_entry(flow: Flow, entry: Entry) -> None:
    style = CHAPTER if entry.level == 0 else SECTION
    indent = 0.0 if entry.level == 0 else NUMBER_WIDTH if entry.number else 12.0
    title_at = indent + (NUMBER_WIDTH if entry.number else 0.0)
    lines = broken(entry.title, style, FRAME.width - title_at - PAGE_WIDTH)
    tall = len(lines) * style.leading
    flow.need(style.before + tall + (SECTION.leading if entry.level == 0 else 0))
    flow.down(style.before)
    flow.sheet.links.append(Link(FRAME.left, flow.y - tall, FRAME.width, tall, f"#{entry.anchor}"))
    if entry.number:
        number = broken(entry.number, style, NUMBER_WIDTH * 2)[0]
        put(flow.sheet, number, style, FRAME.left + indent, flow.baseline(style))
    for line in lines:
        last = flow.baseline(style)
        flow.set_line(line, style, FRAME.left + title_at)
    end = FRAME.left + title_at + lines[-1].width + 5
    rank = len(flow.sheet.words)
    flow.sheet.words.append(Words(FRAME.right, last, style.face(), style.size, INK, ""))
    flow.sheet.leaders.append(Leader(end, FRAME.right, last, style.face(), style.size, entry.anchor, rank))
