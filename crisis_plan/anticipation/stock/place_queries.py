"""Where the stock is kept, and what is to be counted there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts


def places(cpts: Cpts) -> list[str]:
    """Where the stock is kept, in alphabetical order."""
    found = db.session.scalars(
        sa.select(StockBatch.place)
        .join(StockBatch.item)
        .where(
            StockItem.cpts_id == cpts.id,
            StockItem.removed_at.is_(None),
            StockBatch.removed_at.is_(None),
            StockBatch.place != "",
        )
        .distinct()
    )
    return sorted(found, key=folded)


def batches_to_count(cpts: Cpts, place: str = "") -> list[StockBatch]:
    """Every batch with its item, by place then by name; those of one place when it is given."""
    found = db.session.scalars(
        sa.select(StockBatch)
        .join(StockBatch.item)
        .where(StockItem.cpts_id == cpts.id, StockItem.removed_at.is_(None), StockBatch.removed_at.is_(None))
        .options(contains_eager(StockBatch.item))
        .order_by(StockItem.folded_name, StockBatch.position)
    )
    kept = [batch for batch in found if not place or batch.place == place]
    return sorted(kept, key=lambda batch: (not batch.place, folded(batch.place), batch.place))


def by_place(batches: Iterable[StockBatch]) -> list[tuple[str, list[StockBatch]]]:
    """These batches, already in the order of their places, place by place."""
    return [(place, list(there)) for place, there in groupby(batches, key=lambda batch: batch.place)]
