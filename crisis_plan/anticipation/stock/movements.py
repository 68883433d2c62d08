"""What comes into a batch and goes out of it. A movement is never changed: it is reversed by another one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import ledger, past
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.ledger import Movement
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.anticipation.stock.refusals import (
    BatchGone,
    CountedSince,
    NotAQuantity,
    NotEnough,
    NotReversible,
    ReversedAlready,
    SamePlace,
    UsedSince,
)
from crisis_plan.anticipation.stock.rules import LARGEST_QUANTITY
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts


def take_in(batch: StockBatch, quantity: int, *, on: date, note: str = "", by: Account, at: datetime) -> StockMovement:
    """Something was received. Raises `NotAQuantity`, `DayRefused` or `BatchGone`."""
    ledger.hold_item_of(batch)
    past.past_of(batch).refuse_what_is_fixed(on)
    if quantity < 1 or batch.quantity + quantity > LARGEST_QUANTITY:
        raise NotAQuantity
    return ledger.write(batch, Movement(MovementKind.IN, quantity, on, note), by=by, at=at)


def take_out(batch: StockBatch, quantity: int, *, on: date, note: str = "", by: Account, at: datetime) -> StockMovement:
    """Something was handed out. Raises `NotEnough`, `NotAQuantity`, `DayRefused` or `BatchGone`."""
    ledger.hold_item_of(batch)
    _refuse_more_than_there_is(batch, quantity, on)
    return ledger.write(batch, Movement(MovementKind.OUT, -quantity, on, note), by=by, at=at)


def lose(batch: StockBatch, quantity: int, *, on: date, note: str = "", by: Account, at: datetime) -> StockMovement:
    """Something was lost, damaged or destroyed. Raises `NotEnough`, `NotAQuantity`, `DayRefused` or `BatchGone`."""
    ledger.hold_item_of(batch)
    _refuse_more_than_there_is(batch, quantity, on)
    return ledger.write(batch, Movement(MovementKind.LOSS, -quantity, on, note), by=by, at=at)


def transfer(
    batch: StockBatch, quantity: int, *, to: str, on: date, note: str = "", by: Account, at: datetime
) -> StockBatch:
    """Something was carried to another place, into the batch of the same label and expiry there.

    Raises `SamePlace`, `NotEnough`, `NotAQuantity`, `DayRefused` or `BatchGone`.
    """
    item = ledger.hold_item_of(batch)
    if folded(to) == folded(batch.place):
        raise SamePlace
    _refuse_more_than_there_is(batch, quantity, on)
    there = _twin(item, batch, to) or _at_another_place(item, batch, to, at)
    past.past_of(there).refuse_what_is_fixed(on, there.place)
    if there.quantity + quantity > LARGEST_QUANTITY:
        raise NotAQuantity
    both = uuid.uuid4()
    for side, change in ((batch, -quantity), (there, quantity)):
        movement = Movement(MovementKind.TRANSFER, change, on, note, transfer_id=both)
        ledger.write(side, movement, by=by, at=at)
    return there


def reverse(movement: StockMovement, *, by: Account, at: datetime) -> list[StockMovement]:
    """Undo a movement by its opposite, on its own day: it never happened. A transfer is undone on both its sides.

    Raises `NotReversible`, `ReversedAlready`, `CountedSince`, `UsedSince` or `BatchGone`.
    """
    item = ledger.hold_item_of(movement.batch)
    if movement.kind is MovementKind.REVERSAL:
        raise NotReversible
    sides = _sides(movement)
    if _any_reversed(sides):
        raise ReversedAlready
    for side in sides:
        if side.batch not in item.batches:
            raise BatchGone
        if counted := past.counted_since(side):
            raise CountedSince(counted)
        if past.past_of(side.batch).lowest_from(side.happened_on) < side.change:
            raise UsedSince
    both = uuid.uuid4() if len(sides) > 1 else None
    return [
        ledger.write(
            side.batch,
            Movement(MovementKind.REVERSAL, -side.change, side.happened_on, reverses_id=side.id, transfer_id=both),
            by=by,
            at=at,
        )
        for side in sides
    ]


def is_own_of_the_day(movement: StockMovement, *, by: Account, cpts: Cpts, at: datetime) -> bool:
    """Whether this person took it out today: who may only take out undoes no more than that (product, section 1)."""
    is_own_out = movement.kind is MovementKind.OUT and movement.by_id == by.id
    return is_own_out and clock.local(movement.recorded_at, cpts).date() == clock.local(at, cpts).date()


def _refuse_more_than_there_is(batch: StockBatch, quantity: int, on: date) -> None:
    if quantity < 1:
        raise NotAQuantity
    if quantity > batch.quantity:
        raise NotEnough(batch.quantity)
    known = past.past_of(batch)
    known.refuse_what_is_fixed(on)
    if quantity > (left := known.lowest_from(on)):
        raise NotEnough(left, since=on)


def _twin(item: StockItem, batch: StockBatch, place: str) -> StockBatch | None:
    """The same batch at that place."""
    wanted = (folded(batch.label), batch.expires_on, folded(place))
    return next((one for one in item.batches if (folded(one.label), one.expires_on, folded(one.place)) == wanted), None)


def _at_another_place(item: StockItem, batch: StockBatch, place: str, at: datetime) -> StockBatch:
    there = StockBatch(position=ledger.next_position(item), label=batch.label, place=place, expires_on=batch.expires_on)
    item.batches.append(there)
    db.session.flush()
    ledger.touch(item, at)
    return there


def _sides(movement: StockMovement) -> Sequence[StockMovement]:
    """The movement, with the other side of its transfer."""
    if movement.transfer_id is None:
        return [movement]
    return db.session.scalars(
        sa.select(StockMovement).where(StockMovement.transfer_id == movement.transfer_id).order_by(StockMovement.change)
    ).all()


def _any_reversed(sides: Sequence[StockMovement]) -> bool:
    ids = [side.id for side in sides]
    return bool(db.session.scalar(sa.select(sa.exists().where(StockMovement.reverses_id.in_(ids)))))
