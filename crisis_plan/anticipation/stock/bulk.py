"""Many lines of stock at once: a few statements for thousands of batches."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from crisis_plan.anticipation.stock.descriptions import StockLine, folded_name
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

AT_ONCE = 500


def merge(cpts: Cpts, lines: Iterable[StockLine], *, at: datetime) -> list[uuid.UUID]:
    """Add these lines, in order; those of one name make one item. Returns the items that were there already.

    An item that is in the stock already keeps what it is: it only receives batches.
    """
    known = _known(cpts)
    ids = {name: item_id for name, (item_id, _) in known.items()}
    last = dict(known.values())
    new: list[dict[str, Any]] = []
    batches: list[dict[str, Any]] = []
    touched: dict[uuid.UUID, None] = {}
    for line in lines:
        name = folded_name(line.item.name)
        if name not in ids:
            ids[name] = item_id = uuid.uuid4()
            new.append(_item(cpts, item_id, name, line, at))
        item_id = ids[name]
        touched[item_id] = None
        if line.batch:
            last[item_id] = last.get(item_id, 0) + 1
            batches.append({"id": uuid.uuid4(), "item_id": item_id, "position": last[item_id], **vars(line.batch)})
    tables: tuple[tuple[type[Any], list[dict[str, Any]]], ...] = ((StockItem, new), (StockBatch, batches))
    for model, rows in tables:
        if rows:
            db.session.execute(sa.insert(model.__table__), rows)
    added = {row["id"] for row in new}
    already = [item_id for item_id in touched if item_id not in added]
    _touch(already, at)
    return already


def _known(cpts: Cpts) -> dict[str, tuple[uuid.UUID, int]]:
    """The items by folded name, held, each with the position of its last batch."""
    db.session.execute(sa.select(StockItem.id).where(StockItem.cpts_id == cpts.id).with_for_update())
    rows = db.session.execute(
        sa.select(StockItem.folded_name, StockItem.id, sa.func.coalesce(sa.func.max(StockBatch.position), 0))
        .outerjoin(StockItem.batches)
        .where(StockItem.cpts_id == cpts.id)
        .group_by(StockItem.folded_name, StockItem.id)
    )
    return {name: (item_id, last) for name, item_id, last in rows}


def _item(cpts: Cpts, item_id: uuid.UUID, name: str, line: StockLine, at: datetime) -> dict[str, Any]:
    return {
        "id": item_id,
        "cpts_id": cpts.id,
        "folded_name": name,
        "version": 1,
        "created_at": at,
        "updated_at": at,
        **vars(line.item),
    }


def _touch(item_ids: list[uuid.UUID], at: datetime) -> None:
    for start in range(0, len(item_ids), AT_ONCE):
        db.session.execute(
            sa.update(StockItem)
            .where(StockItem.id.in_(item_ids[start : start + AT_ONCE]))
            .values(version=StockItem.version + 1, updated_at=at)
        )
