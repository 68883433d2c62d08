"""A document as a PDF for one edition: plain values in, bytes out."""

from __future__ import annotations

from crisis_plan.document.blocks import Document, Edition
from crisis_plan.document.editions import for_edition
from crisis_plan.document.paper.booklet import compose
from crisis_plan.document.paper.drawing import draw


def render(document: Document, edition: Edition) -> bytes:
    """What the readers of this edition may see, on A4 paper; the same document gives the same bytes."""
    shown = for_edition(document, edition)
    return draw(compose(shown, edition), shown, edition)
