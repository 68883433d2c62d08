"""Action cards on paper: one to pin up, or all of them as a booklet."""

from __future__ import annotations

from datetime import date

from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Chapter, Document, Edition, Facts
from crisis_plan.organisations.models import Cpts

AS_OF_TODAY = "Fiches actions tenues à jour"
SUFFIXES = {Edition.RESTRICTED: "", Edition.PUBLIC: "_publique"}


def card_paper(cpts: Cpts, card: Chapter, number: int, edition: Edition, *, today: date) -> bytes:
    """One card as it stands today, under its number in the booklet."""
    return leaflet.card_pages(_document(cpts, card.title, (card,), today), edition, first=number)


def booklet(cpts: Cpts, cards: tuple[Chapter, ...], edition: Edition, *, today: date) -> bytes:
    """Every card as it stands today, each on a page of its own."""
    return leaflet.card_pages(_document(cpts, f"Fiches actions – {cpts.name}", cards, today), edition)


def card_file_name(cpts: Cpts, number: int, edition: Edition, *, today: date) -> str:
    """« fiche-action-3_uzege_2026-11-22.pdf »."""
    return f"fiche-action-{number}_{cpts.slug}_{today}{SUFFIXES[edition]}.pdf"


def booklet_file_name(cpts: Cpts, edition: Edition, *, today: date) -> str:
    return f"fiches-actions_{cpts.slug}_{today}{SUFFIXES[edition]}.pdf"


def _document(cpts: Cpts, title: str, cards: tuple[Chapter, ...], today: date) -> Document:
    return Document(
        title=title,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=AS_OF_TODAY,
        dated_on=today,
        status="À jour de ce jour",
        author="",
        cover=Facts(()),
        chapters=cards,
        address="",
    )
