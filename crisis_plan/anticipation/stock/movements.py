"""What comes into a batch and goes out of it. A movement is never changed: it is reversed by another one."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import ledger
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.ledger import BatchGone, Movement
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.anticipation.stock.rules import LARGEST_QUANTITY
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded
from crisis_plan.web.formats import number


class NotEnough(RuleBroken):
    """`left` is what may still go out."""

    status = 422

    def __init__(self, left: int) -> None:
        self.left = left

    def __str__(self) -> str:
        if not self.left:
            return "Il n’en reste plus dans ce lot\u00a0: choisissez un autre lot, ou recomptez celui-ci."
        return f"Il n’en reste que {number(self.left)} dans ce lot\u00a0: indiquez {number(self.left)} au plus."


class NotAQuantity(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return f"Indiquez une quantité de 1 à {number(LARGEST_QUANTITY)}."


class SamePlace(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Ce lot est déjà à cet endroit\u00a0: indiquez un autre lieu."


class ReversedAlready(RuleBroken):
    def __str__(self) -> str:
        return "Ce mouvement est déjà annulé."


class NotReversible(RuleBroken):
    def __str__(self) -> str:
        return "Une annulation ne s’annule pas\u00a0: enregistrez un nouveau mouvement."


class UsedSince(RuleBroken):
    """Reversing would leave less than nothing."""

    def __str__(self) -> str:
        return (
            "Ce qui est entré par ce mouvement est déjà ressorti\u00a0: l’annuler laisserait moins que rien. "
            "Comptez plutôt le lot."
        )


def take_in(batch: StockBatch, quantity: int, *, on: date, note: str = "", by: Account, at: datetime) -> StockMovement:
    """Something was received. Raises `NotAQuantity`, `NotYet` or `BatchGone`."""
    ledger.hold_item_of(batch)
    if quantity < 1 or batch.quantity + quantity > LARGEST_QUANTITY:
        raise NotAQuantity
    return ledger.write(batch, Movement(MovementKind.IN, quantity, on, note), by=by, at=at)


def take_out(batch: StockBatch, quantity: int, *, on: date, note: str = "", by: Account, at: datetime) -> StockMovement:
    """Something was handed out. Raises `NotEnough`, `NotAQuantity`, `NotYet` or `BatchGone`."""
    ledger.hold_item_of(batch)
    _refuse_more_than_there_is(batch, quantity)
    return ledger.write(batch, Movement(MovementKind.OUT, -quantity, on, note), by=by, at=at)


def lose(batch: StockBatch, quantity: int, *, on: date, note: str = "", by: Account, at: datetime) -> StockMovement:
    """Something was lost, damaged or destroyed. Raises `NotEnough`, `NotAQuantity`, `NotYet` or `BatchGone`."""
    ledger.hold_item_of(batch)
    _refuse_more_than_there_is(batch, quantity)
    return ledger.write(batch, Movement(MovementKind.LOSS, -quantity, on, note), by=by, at=at)


def count(batch: StockBatch, counted: int, *, on: date, note: str = "", by: Account, at: datetime) -> StockMovement:
    """So many were found: the difference is written, even of 0. Raises `NotAQuantity`, `NotYet` or `BatchGone`."""
    ledger.hold_item_of(batch)
    if not 0 <= counted <= LARGEST_QUANTITY:
        raise NotAQuantity
    movement = Movement(MovementKind.COUNT, counted - batch.quantity, on, note, counted=counted)
    return ledger.write(batch, movement, by=by, at=at)


def transfer(
    batch: StockBatch, quantity: int, *, to: str, on: date, note: str = "", by: Account, at: datetime
) -> StockBatch:
    """Something was carried to another place, into the batch of the same label and expiry there.

    Raises `SamePlace`, `NotEnough`, `NotAQuantity`, `NotYet` or `BatchGone`.
    """
    item = ledger.hold_item_of(batch)
    if folded(to) == folded(batch.place):
        raise SamePlace
    _refuse_more_than_there_is(batch, quantity)
    there = _twin(item, batch, to) or _at_another_place(item, batch, to, at)
    if there.quantity + quantity > LARGEST_QUANTITY:
        raise NotAQuantity
    both = uuid.uuid4()
    for side, change in ((batch, -quantity), (there, quantity)):
        movement = Movement(MovementKind.TRANSFER, change, on, note, transfer_id=both)
        ledger.write(side, movement, by=by, at=at)
    return there


def reverse(movement: StockMovement, *, by: Account, at: datetime) -> list[StockMovement]:
    """Undo a movement by its opposite; a transfer by the opposite of both its sides.

    Raises `NotReversible`, `ReversedAlready`, `UsedSince` or `BatchGone`.
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
        db.session.expire(side.batch, ["quantity"])
        if side.batch.quantity < side.change:
            raise UsedSince
    both = uuid.uuid4() if len(sides) > 1 else None
    return [
        ledger.write(
            side.batch,
            Movement(
                MovementKind.REVERSAL, -side.change, ledger.today(item, at), reverses_id=side.id, transfer_id=both
            ),
            by=by,
            at=at,
        )
        for side in sides
    ]


def _refuse_more_than_there_is(batch: StockBatch, quantity: int) -> None:
    if quantity < 1:
        raise NotAQuantity
    if quantity > batch.quantity:
        raise NotEnough(batch.quantity)


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
