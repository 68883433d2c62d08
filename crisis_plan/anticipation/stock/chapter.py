"""The stock and the other means, as the plan prints them: a summary in the chapter, every batch in an annex."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crisis_plan.anticipation.stock import means_queries, queries
from crisis_plan.anticipation.stock.models import OtherMeans, StockBatch, StockItem
from crisis_plan.anticipation.stock.queries import HeldItem
from crisis_plan.anticipation.stock.rules import WARNINGS, Holding, StockState, expiry_state
from crisis_plan.document.blocks import Block, Chapter, Column, Notice, Part, Row, Table, Tone, plain
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted, number, short_date

KEY = "annexe-stock"
EMPTY = "Aucun article en stock."
SOON = frozenset(state.label for _, state in WARNINGS)

SUMMARY_COLUMNS = (
    Column("Désignation", 2),
    Column("Quantité", numeric=True),
    Column("Unité", 1.2),
    Column("Seuil", 0.8, numeric=True),
    Column("État", 1.6),
)
ANNEX_COLUMNS = (
    Column("Désignation", 2),
    Column("Quantité", 0.9, numeric=True),
    Column("Unité", 1.1),
    Column("Seuil", 0.8, numeric=True),
    Column("Lot"),
    Column("Péremption", 1.1),
    Column("Lieu", 1.6, restricted=True),
    Column("Compté le", 1.1),
    Column("État", 1.4),
)
MEANS_SUMMARY_COLUMNS = (Column("Moyen", 2), Column("Nature", 1.4), Column("Capacité", 1.6))
MEANS_COLUMNS = (
    Column("Moyen", 1.6),
    Column("Nature", 1.1),
    Column("Capacité", 1.1),
    Column("Disponible", 1.3),
    Column("Qui s’en occupe", 1.3, restricted=True),
    Column("Comment l’obtenir", 2, restricted=True),
    Column("Vérifié le", 0.9),
)


def summary(cpts: Cpts, today: date) -> tuple[Block, ...]:
    """What there is of each item that may be used, and what calls for attention."""
    held = queries.held_items(cpts, today)
    table = Table("Stock par article", SUMMARY_COLUMNS, tuple(map(_summary_row, held)), empty=EMPTY)
    alerts = _alerts(held)
    notice = (Notice(plain(alerts), Tone.WARNING),) if alerts else ()
    return (table, *notice, *_means_table(cpts, MEANS_SUMMARY_COLUMNS))


def _summary_row(held: HeldItem) -> Row:
    item, holding = held.item, held.holding
    return Row(
        (item.name, number(holding.usable), item.unit, number(item.threshold), in_words(holding)),
        key=f"article-{item.id}",
    )


def _alerts(held: Iterable[HeldItem]) -> str:
    """« 1 article sous le seuil, 1 article avec un lot périmé. »; empty when all is well."""
    found = [one.holding.states for one in held]
    short = sum(StockState.SHORT in states for states in found)
    expired = sum(StockState.EXPIRED in states for states in found)
    said = [f"{counted(short, 'article')} sous le seuil"] if short else []
    said += [f"{counted(expired, 'article')} avec un lot périmé"] if expired else []
    return f"{', '.join(said)}." if said else ""


def annex(cpts: Cpts, today: date) -> Chapter:
    """Every batch and every other means, with its place and how to get it for those who may know."""
    rows = tuple(row for held in queries.held_items(cpts, today) for row in _rows(held, today))
    table = Table("Stock par lot", ANNEX_COLUMNS, rows, empty=EMPTY)
    blocks = (table, *_means_table(cpts, MEANS_COLUMNS))
    return Chapter(KEY, "Stock de matériel et autres dispositifs", blocks, Part.ANNEX)


def _means_table(cpts: Cpts, columns: tuple[Column, ...]) -> tuple[Table, ...]:
    """The other means; nothing where there is none."""
    rows = tuple(_means_row(means, columns) for means in means_queries.other_means(cpts))
    return (Table("Autres moyens", columns, rows),) if rows else ()


def _means_row(means: OtherMeans, columns: tuple[Column, ...]) -> Row:
    keepers = filter(None, (means.keeper, means.contact.name if means.contact else ""))
    said = {
        "Moyen": means.name,
        "Nature": means.kind.label,
        "Capacité": means.capacity,
        "Disponible": means.available,
        "Qui s’en occupe": ", ".join(keepers),
        "Comment l’obtenir": means.how_to_get,
        "Vérifié le": short_date(means.checked_on),
    }
    return Row(tuple(said[column.heading] for column in columns), key=f"moyen-{means.id}")


def _rows(held: HeldItem, today: date) -> Iterable[Row]:
    """A line a batch; an item without any has a line of its own."""
    if not held.item.batches:
        yield _row(held, None, today)
    for batch in held.item.batches:
        yield _row(held, batch, today)


def _row(held: HeldItem, batch: StockBatch | None, today: date) -> Row:
    item: StockItem = held.item
    return Row(
        (
            item.name,
            number(batch.quantity) if batch else "0",
            item.unit,
            number(item.threshold),
            batch.label if batch else "",
            short_date(batch.expires_on) if batch else "",
            batch.place if batch else "",
            short_date(batch.counted_on) if batch else "",
            _sentence(_said_of(held, batch, today)),
        ),
        key=str(batch.id if batch else item.id),
    )


def in_words(holding: Holding) -> str:
    """« Suffisant, 15 périmés à retirer »; on paper a date stays true, « dans 90 jours » does not."""
    soon = f"expire le {short_date(holding.next_expiry)}"
    return _sentence(dict.fromkeys(soon if label in SOON else label for label, _ in holding.said))


def _said_of(held: HeldItem, batch: StockBatch | None, today: date) -> Iterable[str]:
    """What the batch's own expiry says, and whether its item is short."""
    expiry = expiry_state(batch, today) if batch else None
    if batch and expiry is StockState.EXPIRED:
        yield expiry.label
    elif batch and expiry:
        yield f"expire le {short_date(batch.expires_on)}"
    if StockState.SHORT in held.holding.states:
        yield StockState.SHORT.label
    elif not expiry:
        yield StockState.SUFFICIENT.label


def _sentence(said: Iterable[str]) -> str:
    return ", ".join(said).capitalize()
