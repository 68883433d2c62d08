"""The ledger of the stock: who holds an item alone, and the one way to write a movement."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.anticipation.stock.refusals import BatchGone, NotYet
from crisis_plan.db import db, hold
from crisis_plan.organisations.models import Cpts

MOVEMENT = "stock_movement"


@dataclass(frozen=True)
class Movement:
    """What happened to a batch, ready to be written."""

    kind: MovementKind
    change: int
    on: date
    note: str = ""
    counted: int | None = None
    reverses_id: uuid.UUID | None = None
    transfer_id: uuid.UUID | None = None


def write(batch: StockBatch, movement: Movement, *, by: Account | None, at: datetime) -> StockMovement:
    """Add a movement to a batch whose item is held. Raises `NotYet`."""
    item = batch.item
    if movement.on > today(item, at):
        raise NotYet
    row = StockMovement(
        batch=batch,
        kind=movement.kind,
        change=movement.change,
        counted=movement.counted,
        happened_on=movement.on,
        recorded_at=at,
        by_id=by.id if by else None,
        note=movement.note,
        reverses_id=movement.reverses_id,
        transfer_id=movement.transfer_id,
    )
    db.session.add(row)
    db.session.flush()
    db.session.expire(batch, ["quantity", "counted_on"])
    history.record(history.Verb.CREATED, MOVEMENT, row.id, cpts_id=item.cpts_id, by=by, at=at)
    return row


def open_batch(batch: StockBatch, quantity: int, *, by: Account, at: datetime) -> StockMovement:
    """The first quantity that is known of it."""
    movement = Movement(MovementKind.OPENING, quantity, today(batch.item, at))
    return write(batch, movement, by=by, at=at)


def today(item: StockItem, at: datetime) -> date:
    """The date it was at that moment where this stock is."""
    return clock.local(at, db.session.get_one(Cpts, item.cpts_id)).date()


def hold_with_batches(item: StockItem) -> None:
    """Whoever changes the item's batches at the same moment comes before or after."""
    hold(item)
    db.session.expire(item, ["batches"])


def hold_item_of(batch: StockBatch) -> StockItem:
    """The item, held, and the batch as it is now. Raises `BatchGone`."""
    item = batch.item
    hold_with_batches(item)
    db.session.expire(batch)
    if item.removed_at or batch not in item.batches:
        raise BatchGone
    return item


def next_position(item: StockItem) -> int:
    return max((batch.position for batch in item.batches), default=0) + 1


def touch(item: StockItem, at: datetime) -> None:
    """Count a change of what the item or its batches are, so that a form opened before is recognised."""
    item.version += 1
    item.updated_at = at
