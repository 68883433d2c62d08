"""The paper to count with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crisis_plan.anticipation.stock import place_queries
from crisis_plan.anticipation.stock.models import StockBatch
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import (
    Block,
    Chapter,
    Column,
    Document,
    Edition,
    Fact,
    Facts,
    Paragraph,
    Part,
    Row,
    Table,
    plain,
)
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import number, short_date

ROOM_TO_WRITE = 7.0
"""Points above and below each line of the count sheet."""
BOX = "_" * 12
SHEET = "Feuille de comptage"
NO_PLACE = "Lieu non renseigné"
SHEET_COLUMNS = (
    Column("Article", 2.6),
    Column("Lot", 1.2),
    Column("Péremption", 1.1),
    Column("Attendu", 0.8, numeric=True),
    Column("Compté", 1.2, numeric=True),
)


def count_sheet(cpts: Cpts, batches: Iterable[StockBatch], today: date, *, shows_expected: bool) -> bytes:
    """A table for each place, with room to write. It says where things are: for those who keep the stock."""
    places = place_queries.by_place(batches)
    advice = (
        "Écrivez 0 quand il n’en reste plus, et rien quand ce n’est pas compté. Reportez ensuite les comptes dans "
        "l’application, page «\u00a0Compter le stock\u00a0»."
    )
    who = Facts((Fact("Compté par", ""), Fact("Le", "")))
    tables = (
        Table(place or NO_PLACE, SHEET_COLUMNS, tuple(_to_count(batch, shows_expected) for batch in there))
        for place, there in places
    )
    blocks: tuple[Block, ...] = (Paragraph(plain(advice)), who, *tables)
    chapter = Chapter("stock", SHEET, blocks, Part.ANNEX)
    return leaflet.render(paper(cpts, SHEET, today, chapter), Edition.RESTRICTED, padding=ROOM_TO_WRITE)


def _to_count(batch: StockBatch, shows_expected: bool) -> Row:
    item = batch.item
    name = f"{item.name} ({item.unit})" if item.unit else item.name
    expected = number(batch.quantity) if shows_expected else ""
    return Row((name, batch.label, short_date(batch.expires_on), expected, BOX), key=str(batch.id))


def paper(cpts: Cpts, title: str, today: date, *chapters: Chapter) -> Document:
    """A leaflet of these chapters."""
    return Document(
        title=title,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=title,
        dated_on=today,
        status="À jour de ce jour",
        author="",
        cover=Facts(()),
        chapters=chapters,
        address="",
    )
