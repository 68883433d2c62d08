"""Counting: what was found on a day fixes the quantity of that day. A whole count is kept at once, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import ledger
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.ledger import Movement
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.anticipation.stock.past import Past, past_of, pasts_of
from crisis_plan.anticipation.stock.refusals import BatchGone, LeftSince, NotAQuantity
from crisis_plan.anticipation.stock.rules import LARGEST_QUANTITY
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts


@dataclass(frozen=True)
class Found:
    """What was counted of a batch, and what was expected when the page was opened."""

    counted: int
    expected: int | None


class MovedMeanwhile(RuleBroken):
    """`now`: what these batches hold, otherwise than expected."""

    def __init__(self, now: Mapping[uuid.UUID, int]) -> None:
        self.now = now

    def __str__(self) -> str:
        return "Le stock a bougé pendant votre comptage\u00a0: rien n’est enregistré, vérifiez les lignes signalées."


class LinesRefused(RuleBroken):
    """`why`: what the stock refuses of the count of each of these batches."""

    status = 422

    def __init__(self, why: Mapping[uuid.UUID, str]) -> None:
        self.why = why

    def __str__(self) -> str:
        return "Des comptes sont refusés\u00a0: rien n’est enregistré, vérifiez les lignes signalées."


def count(
    batch: StockBatch, counted: int, *, seen: int | None, on: date, note: str = "", by: Account, at: datetime
) -> StockMovement:
    """So many were found: the difference is written, even of 0. `seen`: what there was when the page was opened.

    Raises `MovedMeanwhile`, `NotAQuantity`, `LeftSince`, `DayRefused` or `BatchGone`.
    """
    ledger.hold_item_of(batch)
    if batch.quantity != seen:
        raise MovedMeanwhile({batch.id: batch.quantity})
    movement = _movement(batch, past_of(batch), counted, on, note)
    return ledger.write(batch, movement, by=by, at=at)


def count_several(cpts: Cpts, found: Mapping[uuid.UUID, Found], *, on: date, by: Account, at: datetime) -> int:
    """Write a count for each of these batches; how many there were.

    Raises `MovedMeanwhile` when one no longer holds what was expected, `BatchGone` when one was removed,
    `LinesRefused` when the stock refuses some, `NotYet`.
    """
    batches = _held(cpts, found)
    if len(batches) < len(found):
        raise BatchGone
    moved = {batch.id: batch.quantity for batch in batches if batch.quantity != found[batch.id].expected}
    if moved:
        raise MovedMeanwhile(moved)
    for batch, movement in _movements(batches, found, on):
        ledger.write(batch, movement, by=by, at=at)
    return len(batches)


def _movements(
    batches: Sequence[StockBatch], found: Mapping[uuid.UUID, Found], on: date
) -> list[tuple[StockBatch, Movement]]:
    """What each count writes. Raises `LinesRefused`."""
    pasts, ready, why = pasts_of(found), [], {}
    for batch in batches:
        try:
            ready.append((batch, _movement(batch, pasts[batch.id], found[batch.id].counted, on)))
        except RuleBroken as refusal:
            why[batch.id] = str(refusal)
    if why:
        raise LinesRefused(why)
    return ready


def _movement(batch: StockBatch, past: Past, counted: int, on: date, note: str = "") -> Movement:
    """The difference with what there was on that day: everything that is written of it happened before the count.

    Raises `NotAQuantity`, `LeftSince` or `DayRefused`.
    """
    past.refuse_what_is_fixed(on)
    change = counted - past.quantity_on(on)
    if counted < 0 or max(counted, batch.quantity + change) > LARGEST_QUANTITY:
        raise NotAQuantity
    if past.lowest_from(on) + change < 0:
        raise LeftSince(on)
    return Movement(MovementKind.COUNT, change, on, note, counted=counted)


def _held(cpts: Cpts, found: Mapping[uuid.UUID, Found]) -> list[StockBatch]:
    """The batches as they are now; nobody else moves anything of this stock before the end."""
    held = sa.select(StockItem.id).where(StockItem.cpts_id == cpts.id).order_by(StockItem.id).with_for_update()
    db.session.execute(held)
    return list(
        db.session.scalars(
            sa.select(StockBatch)
            .join(StockBatch.item)
            .where(
                StockItem.cpts_id == cpts.id,
                StockItem.removed_at.is_(None),
                StockBatch.removed_at.is_(None),
                StockBatch.id.in_(found),
            )
            .options(contains_eager(StockBatch.item))
            .order_by(StockItem.folded_name, StockBatch.position)
            .execution_options(populate_existing=True)
        )
    )
