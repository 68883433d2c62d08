"""The papers of the pack as PDF: the blocks of a chapter, or the page to be read in a hurry."""

from __future__ import annotations

from datetime import date

from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Chapter, Document, Edition, Facts, Part
from crisis_plan.document.paper.chapters import alert_sheets
from crisis_plan.document.paper.drawing import draw
from crisis_plan.document.paper.fonts import faces
from crisis_plan.document.paper.furniture import dress
from crisis_plan.organisations.models import Cpts

NAME = "Kit de crise"


def paper(cpts: Cpts, title: str, day: date, *chapters: Chapter, version: str = NAME, watermark: str = "") -> Document:
    """A leaflet of these chapters, named and dated as the pack is."""
    return Document(
        title=title,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=version,
        dated_on=day,
        status="À jour de ce jour",
        author="",
        cover=Facts(()),
        chapters=chapters,
        address="",
        watermark=watermark,
    )


def printed(document: Document, *, padding: float | None = None) -> bytes:
    """All of it, private numbers included; the alert page as the plan prints it.

    `padding`: points above and below each table line, where someone is to write by hand.
    """
    if [chapter.part for chapter in document.chapters] == [Part.ALERT]:
        return _alert_page(document)
    return leaflet.render(document, Edition.RESTRICTED, padding=padding)


def _alert_page(document: Document) -> bytes:
    faces()
    sheets = alert_sheets(document.chapters[0], "alerte")
    dress(sheets, document, Edition.RESTRICTED)
    return draw(sheets, document, Edition.RESTRICTED)
