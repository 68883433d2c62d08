"""Documents of authorities in the demonstration: each says that it is fictional."""

from __future__ import annotations

from datetime import date

from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Chapter, Document, Edition, Facts, Paragraph, plain
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import PDF, Attachment


def act(cpts: Cpts, name: str, words: str, *, signed_on: date) -> Attachment:
    """A page that stands for the préfet's act, under this name of file."""
    heading, body = f"Arrêté concernant le territoire de {cpts.name}", "Préfecture du Gard (démonstration)"
    return paper(heading, "Arrêté (fictif)", name, words, signed_on=signed_on, organisation=body)


def paper(
    heading: str,
    title: str,
    name: str,
    words: str,
    *,
    signed_on: date,
    organisation: str = "CPTS Uzège – Pont du Gard (démonstration)",
) -> Attachment:
    """A page of a fictional document, under this name of file."""
    document = Document(
        title=title,
        organisation=organisation,
        legal_name="",
        version=title,
        dated_on=signed_on,
        status="démonstration",
        author="",
        cover=Facts(()),
        chapters=(Chapter("document", heading, (Paragraph(plain(words)),)),),
        address="",
        watermark="FICTIF",
    )
    return Attachment(name, PDF, leaflet.render(document, Edition.RESTRICTED))
