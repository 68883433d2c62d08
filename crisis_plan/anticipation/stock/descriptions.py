"""What a person says of an item and of a batch, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded


@dataclass(frozen=True)
class ItemDescription:
    """What an item is, whatever its quantity."""

    name: str
    category: str = ""
    unit: str = ""
    threshold: int | None = None
    keeper: str = ""
    note: str = ""
    count_every_months: int | None = None


@dataclass(frozen=True)
class BatchMarks:
    """What tells a batch from another: its quantity is the matter of movements."""

    label: str = ""
    place: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class BatchDescription:
    """A batch with the first quantity that is known of it; a plain count where nothing bears a batch number."""

    quantity: int
    label: str = ""
    place: str = ""
    expires_on: date | None = None

    @property
    def marks(self) -> BatchMarks:
        return BatchMarks(self.label, self.place, self.expires_on)


@dataclass(frozen=True)
class StockLine:
    """A line of an import: an item and, unless nothing was counted, one batch of it."""

    item: ItemDescription
    batch: BatchDescription | None = None


LONGEST_NAME = 160
LONGEST_PACE = 60
"""Months between two counts."""
LONGEST = {"name": LONGEST_NAME, "category": 80, "unit": 60, "keeper": 160, "note": 2_000, "label": 80, "place": 160}
"""In characters, as the tables hold them."""


class Unnamed(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Donnez un nom en lettres, comme «\u00a0Masques FFP2\u00a0»."


def folded_name(name: str) -> str:
    """What makes two names one item. Raises `Unnamed` when there is nothing to read in it."""
    found = folded(name)[:LONGEST_NAME]
    if not found:
        raise Unnamed
    return found
