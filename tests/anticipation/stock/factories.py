"""A stock to arrange a test with."""

from __future__ import annotations

from datetime import date, datetime

from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import operations
from crisis_plan.anticipation.stock.descriptions import BatchDescription, ItemDescription
from crisis_plan.anticipation.stock.models import StockBatch
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.factories import NOON, AccountFactory


def batch_of(
    cpts: Cpts,
    name: str = "Gants",
    quantity: int = 10,
    *,
    label: str = "L1",
    place: str = "Pharmacie d’Uzès",
    expires_on: date | None = None,
    by: Account | None = None,
    at: datetime = NOON,
) -> StockBatch:
    """The only batch of a new item."""
    batch = BatchDescription(quantity, label, place, expires_on)
    item = operations.add_item(cpts, ItemDescription(name, unit="boîte"), batch=batch, by=by or AccountFactory(), at=at)
    db.session.commit()
    return item.batches[0]
