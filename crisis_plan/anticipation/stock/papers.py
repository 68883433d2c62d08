"""The papers of the stock: a sheet to count with, a state for the ARS on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from crisis_plan.anticipation.stock import place_queries
from crisis_plan.anticipation.stock.chapter import in_words
from crisis_plan.anticipation.stock.models import OtherMeans, StockBatch
from crisis_plan.anticipation.stock.queries import HeldItem
from crisis_plan.anticipation.stock.rules import StockState
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
from crisis_plan.web.formats import counted, long_date, number, short_date

ROOM_TO_WRITE = 7.0
"""Points above and below each line of the count sheet."""
BOX = "_" * 12
NO_PLACE = "Lieu non renseigné"
SHEET_COLUMNS = (
    Column("Article", 2.6),
    Column("Lot", 1.2),
    Column("Péremption", 1.1),
    Column("Attendu", 0.8, numeric=True),
    Column("Compté", 1.2, numeric=True),
)
STATE_COLUMNS = (
    Column("Désignation", 2.2),
    Column("Unité", 1.2),
    Column("Utilisable", 1, numeric=True),
    Column("Seuil", 0.8, numeric=True),
    Column("Périmés", 0.9, numeric=True),
    Column("Prochaine péremption", 1.1),
    Column("Compté le", 1.1),
    Column("État", 1.7),
)
MEANS_COLUMNS = (
    Column("Moyen", 2),
    Column("Nature", 1.2),
    Column("Capacité", 1.4),
    Column("Disponible", 1.6),
    Column("Vérifié le", 1),
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
    return leaflet.render(_paper(cpts, "Feuille de comptage", today, blocks), Edition.RESTRICTED, padding=ROOM_TO_WRITE)


def _to_count(batch: StockBatch, shows_expected: bool) -> Row:
    item = batch.item
    name = f"{item.name} ({item.unit})" if item.unit else item.name
    expected = number(batch.quantity) if shows_expected else ""
    return Row((name, batch.label, short_date(batch.expires_on), expected, BOX), key=str(batch.id))


def state(cpts: Cpts, held: Sequence[HeldItem], means: Sequence[OtherMeans], today: date) -> bytes:
    """What may be used, what is expired, what other means there are; no place is said."""
    items = Table("Stock de matériel", STATE_COLUMNS, tuple(map(_item, held)), empty="Aucun article en stock.")
    others = Table("Autres moyens", MEANS_COLUMNS, tuple(map(_means, means)), empty="Aucun autre moyen.")
    blocks: tuple[Block, ...] = (Facts(tuple(_facts(cpts, held, means, today))), items, others)
    return leaflet.render(_paper(cpts, "État du stock", today, blocks), Edition.PUBLIC)


def _facts(cpts: Cpts, held: Sequence[HeldItem], means: Sequence[OtherMeans], today: date) -> Iterable[Fact]:
    short = sum(StockState.SHORT in one.holding.states for one in held)
    yield Fact("CPTS", cpts.name)
    yield Fact("Au", long_date(today))
    yield Fact(
        "En bref",
        f"{counted(len(held), 'article')}, dont {number(short)} sous le seuil\u00a0; "
        f"{counted(len(means), 'autre moyen', 'autres moyens')}",
    )


def _item(held: HeldItem) -> Row:
    item, amount = held.item, held.holding
    figures = (number(amount.usable), number(item.threshold), number(amount.expired) if amount.expired else "")
    days = (short_date(amount.next_expiry), short_date(held.counted_on) or "jamais")
    return Row((item.name, item.unit, *figures, *days, in_words(amount)), key=str(item.id))


def _means(one: OtherMeans) -> Row:
    checked = short_date(one.checked_on) or "jamais"
    return Row((one.name, one.kind.label, one.capacity, one.available, checked), key=str(one.id))


def _paper(cpts: Cpts, title: str, today: date, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title,
        organisation=cpts.name,
        legal_name=cpts.legal_name,
        version=title,
        dated_on=today,
        status="À jour de ce jour",
        author="",
        cover=Facts(()),
        chapters=(Chapter("stock", title, blocks, Part.ANNEX),),
        address="",
    )
