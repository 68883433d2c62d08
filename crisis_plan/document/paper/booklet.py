"""The whole document as sheets in their order, numbered and dressed: all that is left is to draw them."""

from __future__ import annotations

from itertools import chain

from crisis_plan.document.blocks import Chapter, Document, Edition, Part
from crisis_plan.document.paper.cards import card_sheets, grouped
from crisis_plan.document.paper.chapters import Label, alert_sheets, chapter_sheets, joined, labels
from crisis_plan.document.paper.contents import contents_sheets, write_page_numbers
from crisis_plan.document.paper.cover import cover_sheets
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.furniture import dress
from crisis_plan.document.paper.sheet import Entry, Sheet
from crisis_plan.document.paper.styles import FRAME


def compose(document: Document, edition: Edition) -> list[Sheet]:
    """Cover, alert page, changes, contents, chapters, annexes; of two versions compared, what changed first of all.

    There, no link is underlined: an underline says that words were added.
    """
    faces()
    parts: dict[Part, list[Sheet]] = {part: [] for part in Part}
    for rank, (chapter, label) in enumerate(zip(document.chapters, labels(document.chapters), strict=True), start=1):
        anchor = f"chapitre-{rank}"
        sheets = _sheets_of(chapter, label, anchor, is_first=not parts[chapter.part])
        at_most = FRAME.height / 3 if chapter.part is Part.ANNEX else 0.0
        parts[chapter.part] = joined(parts[chapter.part], sheets, at_most)
    listed = [entry for part in Part for entry in _entries(parts[part]) if part is not Part.ALERT or entry.level == 0]
    front = joined(parts[Part.CHANGES], contents_sheets(listed), FRAME.height)
    inside = (parts[part] for part in (Part.BODY, Part.CARD, Part.ANNEX))
    opening = [*front, *parts[Part.ALERT]] if document.formerly else [*parts[Part.ALERT], *front]
    booklet = [*cover_sheets(document, edition), *opening, *chain.from_iterable(inside)]
    write_page_numbers(booklet)
    dress(booklet, document, edition)
    if document.formerly:
        for sheet in booklet:
            sheet.underlines.clear()
    return booklet


def _sheets_of(chapter: Chapter, label: Label, anchor: str, *, is_first: bool) -> list[Sheet]:
    match chapter.part:
        case Part.ALERT:
            return alert_sheets(chapter, anchor)
        case Part.CARD:
            return grouped(card_sheets(chapter, label, anchor), is_first=is_first)
        case _:
            return chapter_sheets(chapter, label, anchor)


def _entries(sheets: list[Sheet]) -> list[Entry]:
    return [entry for sheet in sheets for entry in sheet.entries]
