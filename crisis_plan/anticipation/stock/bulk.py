"""Many lines of stock at once: a few statements for thousands of batches, each opened by its movement."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock.descriptions import BatchDescription, StockLine, folded_name
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

AT_ONCE = 500


@dataclass
class Arriving:
    """The rows to be written, table by table."""

    items: list[dict[str, Any]] = field(default_factory=list)
    batches: list[dict[str, Any]] = field(default_factory=list)
    movements: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    """Items that come back, as they are described now."""

    def write(self) -> None:
        for model, rows in ((StockItem, self.items), (StockBatch, self.batches), (StockMovement, self.movements)):
            if rows:
                db.session.execute(sa.insert(cast(sa.Table, model.__table__)), rows)
        if self.removed:
            db.session.execute(sa.update(StockItem), self.removed)


@dataclass(frozen=True)
class Known:
    """An item of the stock, and where its last batch stands."""

    id: uuid.UUID
    last: int
    is_removed: bool


def merge(cpts: Cpts, lines: Iterable[StockLine], *, at: datetime, by: Account | None = None) -> list[uuid.UUID]:
    """Add these lines, in order; those of one name make one item. Returns the items that were there already.

    An item that is in the stock already keeps what it is: it only receives batches. One that was removed comes back.
    """
    known = _known(cpts)
    ids = {name: one.id for name, one in known.items()}
    last = {one.id: one.last for one in known.values()}
    arriving, today = Arriving(), clock.local(at, cpts).date()
    touched: dict[uuid.UUID, None] = {}
    for line in lines:
        name = folded_name(line.item.name)
        if name not in ids:
            ids[name] = uuid.uuid4()
            arriving.items.append(_item(cpts, ids[name], name, line, at))
        elif name in known and known[name].is_removed and ids[name] not in touched:
            arriving.removed.append({"id": ids[name], "removed_at": None, **vars(line.item)})
        item_id = ids[name]
        touched[item_id] = None
        if line.batch:
            last[item_id] = last.get(item_id, 0) + 1
            batch_id = uuid.uuid4()
            marks = {"id": batch_id, "item_id": item_id, "position": last[item_id], **vars(line.batch.marks)}
            arriving.batches.append(marks)
            arriving.movements.append(_opening(batch_id, line.batch, today, by, at))
    arriving.write()
    added = {row["id"] for row in arriving.items}
    already = [item_id for item_id in touched if item_id not in added]
    _touch(already, at)
    return already


def _known(cpts: Cpts) -> dict[str, Known]:
    """The items by folded name, held."""
    db.session.execute(sa.select(StockItem.id).where(StockItem.cpts_id == cpts.id).with_for_update())
    rows = db.session.execute(
        sa.select(
            StockItem.folded_name,
            StockItem.id,
            sa.func.coalesce(sa.func.max(StockBatch.position), 0),
            StockItem.removed_at.is_not(None),
        )
        .outerjoin(StockItem.batches)
        .where(StockItem.cpts_id == cpts.id)
        .group_by(StockItem.folded_name, StockItem.id, StockItem.removed_at)
    )
    return {name: Known(item_id, last, bool(is_removed)) for name, item_id, last, is_removed in rows}


def _opening(
    batch_id: uuid.UUID, batch: BatchDescription, today: date, by: Account | None, at: datetime
) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "batch_id": batch_id,
        "kind": MovementKind.OPENING,
        "change": batch.quantity,
        "happened_on": today,
        "recorded_at": at,
        "by_id": by.id if by else None,
        "note": "",
    }


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
