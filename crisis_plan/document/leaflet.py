"""A few sheets without cover or contents: a proof, a list to take along. On few pages where that stays readable."""

from __future__ import annotations

from dataclasses import replace

from crisis_plan.document.blocks import Document, Edition, Part
from crisis_plan.document.editions import for_edition
from crisis_plan.document.paper.cards import card_sheets
from crisis_plan.document.paper.chapters import Label, card_label, chapter_sheets
from crisis_plan.document.paper.drawing import draw
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.furniture import dress
from crisis_plan.document.paper.sheet import Sheet
from crisis_plan.document.paper.styles import styles

SCALES = (1.0, 0.93, 0.86, 0.79)
"""How much smaller the words may become to save a page; below, a second page reads better."""
HOPELESS = 4
"""So many pages in full size never hold on one in the smallest: not tried, a whole directory is long to set."""


def render(document: Document, edition: Edition, *, padding: float | None = None, few: int = 1) -> bytes:
    """The chapters one after the other, as large as one page allows, else `few` pages, else as many as they need.

    `padding`: points above and below each table line, where someone is to write by hand.
    """
    faces()
    shown = for_edition(document, edition)
    sheets = _on_few_pages(shown, padding, few) or _sheets(shown, 1.0, padding)
    dress(sheets, shown, edition)
    return draw(sheets, shown, edition)


def _on_few_pages(document: Document, padding: float | None, few: int) -> list[Sheet] | None:
    """On the fewest pages, up to so many, in the largest words that they allow; none where even those do not."""
    tried: list[list[Sheet]] = []
    for scale in SCALES:
        found = _sheets(document, scale, padding)
        if len(found) == 1:
            return found
        tried.append(found)
        if len(found) >= HOPELESS * few:
            break
    fewest = min(len(found) for found in tried)
    return next(found for found in tried if len(found) == fewest) if fewest <= few else None


def card_pages(document: Document, edition: Edition, *, first: int = 1) -> bytes:
    """Each action card on a page of its own, without cover or contents: one to pin up, or all as a booklet.

    `first`: the number of the first card of the document.
    """
    faces()
    shown = for_edition(document, edition)
    cards = [chapter for chapter in shown.chapters if chapter.part is Part.CARD]
    sheets = [
        sheet
        for number, card in enumerate(cards, start=first)
        for sheet in card_sheets(card, card_label(number), f"fiche-{number}")
    ]
    dress(sheets, shown, edition)
    return draw(sheets, shown, edition)


def _sheets(document: Document, scale: float, padding: float | None) -> list[Sheet]:
    looks = styles(scale)
    if padding is not None:
        looks = replace(looks, padding=padding)
    return [
        sheet
        for rank, chapter in enumerate(document.chapters, start=1)
        for sheet in chapter_sheets(chapter, Label(), f"feuillet-{rank}", looks)
    ]
