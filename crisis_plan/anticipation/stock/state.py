"""What the ARS is told of the stock: totals, never where it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from crisis_plan.anticipation.stock.chapter import in_words
from crisis_plan.anticipation.stock.models import OtherMeans
from crisis_plan.anticipation.stock.queries import HeldItem
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import short_date

HEADINGS = (
    *("CPTS", "Au", "Nature", "Désignation", "Unité ou capacité", "Quantité utilisable", "Seuil", "Périmés"),
    *("Prochaine péremption", "Compté le", "État ou disponibilité"),
)


def rows(
    cpts: Cpts, held: Iterable[HeldItem], means: Iterable[OtherMeans], today: date
) -> Iterator[tuple[object, ...]]:
    """A line an item, then a line another means."""
    first = (cpts.name, short_date(today))
    for one in held:
        item, amount = one.item, one.holding
        figures = (amount.usable, item.threshold, amount.expired)
        days = (short_date(amount.next_expiry), one.counted_in_words)
        yield (*first, "Stock", item.name, item.unit, *figures, *days, in_words(amount))
    for other in means:
        checked = short_date(other.checked_on)
        yield (*first, other.kind.label, other.name, other.capacity, "", "", "", "", checked, other.available)
