"""The stock as a spreadsheet that the import reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from crisis_plan.anticipation.stock.chapter import in_words
from crisis_plan.anticipation.stock.queries import HeldItem
from crisis_plan.web.formats import short_date

HEADINGS = (
    *("Désignation", "Catégorie", "Unité", "Quantité", "Seuil", "Lieu", "Lot", "Péremption"),
    *("Qui s’en occupe", "Remarque", "Compter tous les (mois)", "État", "Au"),
)


def rows(held: Iterable[HeldItem], today: date) -> Iterator[tuple[object, ...]]:
    """A line a batch; an item without any has a line of its own."""
    for one in held:
        item = one.item
        last = (item.keeper, item.note, item.count_every_months, in_words(one.holding), short_date(today))
        if not item.batches:
            yield (item.name, item.category, item.unit, None, item.threshold, "", "", "", *last)
        for batch in item.batches:
            counted = (item.name, item.category, item.unit, batch.quantity, item.threshold)
            yield (*counted, batch.place, batch.label, short_date(batch.expires_on), *last)
