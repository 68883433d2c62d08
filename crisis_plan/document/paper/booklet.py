"""The whole document as sheets in their order, numbered and dressed: all that is left is to draw them."""

from __future__ import annotations

from crisis_plan.document.blocks import Document, Edition, Part
from crisis_plan.document.paper.chapters import alert_sheets, chapter_sheets, joined, labels
from crisis_plan.document.paper.contents import contents_sheets, write_page_numbers
from crisis_plan.document.paper.cover import cover_sheets
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.furniture import dress
from crisis_plan.document.paper.sheet import Entry, Sheet
from crisis_plan.document.paper.styles import FRAME


def compose(document: Document, edition: Edition) -> list[Sheet]:
    """Cover, alert page, changes, contents, chapters, annexes."""
    faces()
    parts: dict[Part, list[Sheet]] = {part: [] for part in Part}
    for rank, (chapter, label) in enumerate(zip(document.chapters, labels(document.chapters), strict=True), start=1):
        anchor = f"chapitre-{rank}"
        is_alert = chapter.part is Part.ALERT
        sheets = alert_sheets(chapter, anchor) if is_alert else chapter_sheets(chapter, label, anchor)
        at_most = FRAME.height / 3 if chapter.part is Part.ANNEX else 0.0
        parts[chapter.part] = joined(parts[chapter.part], sheets, at_most)
    listed = [entry for part in Part for entry in _entries(parts[part]) if part is not Part.ALERT or entry.level == 0]
    front = joined(parts[Part.CHANGES], contents_sheets(listed), FRAME.height)
    booklet = [*cover_sheets(document, edition), *parts[Part.ALERT], *front, *parts[Part.BODY], *parts[Part.ANNEX]]
    write_page_numbers(booklet)
    dress(booklet, document, edition)
    return booklet


def _entries(sheets: list[Sheet]) -> list[Entry]:
    return [entry for sheet in sheets for entry in sheet.entries]
