"""Small documents to print and compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    plain,
)

PRIVATE_NUMBER = "06 12 34 56 78"


def paragraph(text: str) -> Paragraph:
    return Paragraph(plain(text))


def chapter(title: str, *blocks: Block, part: Part = Part.BODY, **fields: Any) -> Chapter:
    return Chapter(fields.pop("key", title.lower()), title, blocks, part, **fields)


def document(*chapters: Chapter, **fields: Any) -> Document:
    plan = Document(
        title="Plan de réponse aux crises sanitaires",
        organisation="CPTS des Cévennes",
        legal_name="Association CPTS des Cévennes",
        version="Version 3",
        dated_on=date(2026, 11, 1),
        status="Version publiée",
        author="Hélène Faure",
        cover=Facts((Fact("Territoire", "73 communes"),)),
        chapters=chapters,
        address="https://plans.exemple.fr/cpts/cevennes/versions/courante.pdf",
    )
    return replace(plan, **fields)


def contacts(count: int) -> Table:
    """A directory whose telephones are for the restricted edition."""
    columns = (Column("Nom", 2), Column("Profession", 2), Column("Commune", 2), Column("Téléphone", restricted=True))
    rows = (Row((f"NOM-{n} Élodie", "Sage-femme", "Le Vigan", PRIVATE_NUMBER), key=str(n)) for n in range(1, count + 1))
    return Table("Contacts", columns, tuple(rows))


def plan(contact_count: int = 3, **fields: Any) -> Document:
    """One chapter of each part."""
    territory = paragraph("Été\u00a0: 1\u202f200 habitants isolés, «\u00a0loin\u00a0» de tout – l’hiver aussi.")
    stock = Table("Matériel", (Column("Article"), Column("Quantité", numeric=True)), (), empty="Aucun article.")
    return document(
        chapter("En cas d’alerte", paragraph("Appeler le référent."), part=Part.ALERT),
        chapter("Modifications", paragraph("Première version publiée."), part=Part.CHANGES),
        chapter("Anticipation", Heading("Territoire"), territory, Heading("Risques"), paragraph("Le feu.")),
        chapter("Adaptation", Heading("Besoins"), paragraph("Les besoins.")),
        chapter("Annuaire", contacts(contact_count), part=Part.ANNEX),
        chapter("Stock", stock, part=Part.ANNEX),
        **fields,
    )
