"""What a person says of an item and of a batch, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ItemDescription:
    """What an item is, whatever its quantity."""

    name: str
    category: str = ""
    unit: str = ""
    threshold: int | None = None
    keeper: str = ""
    note: str = ""


@dataclass(frozen=True)
class BatchDescription:
    """A batch, or a plain count where nothing bears a batch number."""

    quantity: int
    label: str = ""
    place: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class StockLine:
    """A line of an import: an item and, unless nothing was counted, one batch of it."""

    item: ItemDescription
    batch: BatchDescription | None = None


LONGEST_NAME = 160
LONGEST = {"name": LONGEST_NAME, "category": 80, "unit": 60, "keeper": 160, "note": 2_000, "label": 80, "place": 160}
"""In characters, as the tables hold them."""
