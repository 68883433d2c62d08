"""The movements of the stock, as they are told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, contains_eager, joinedload

from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockItem, StockMovement
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.pages import Page, page_of


@dataclass(frozen=True)
class Told:
    """A movement, whether another one reversed it, and whether its batch, or the other of a transfer, was counted after it."""

    movement: StockMovement
    is_reversed: bool
    is_counted_since: bool

    @property
    def may_be_reversed(self) -> bool:
        movement = self.movement
        if movement.kind is MovementKind.REVERSAL or movement.batch.removed_at:
            return False
        return not self.is_reversed and not self.is_counted_since


@dataclass(frozen=True)
class Counted:
    """When a batch was counted, and when that was written."""

    on: date
    recorded_at: datetime
    movement_id: uuid.UUID


def movements_of(item: StockItem, number: int) -> Page[Told]:
    """What happened to its batches, removed ones included, the last first."""
    page = page_of(
        sa.select(StockMovement)
        .join(StockMovement.batch)
        .where(StockBatch.item_id == item.id)
        .options(contains_eager(StockMovement.batch), joinedload(StockMovement.by))
        .order_by(StockMovement.recorded_at.desc(), StockMovement.happened_on.desc(), StockMovement.id),
        number,
    )
    undone, counted = _reversed(item), _last_counts(item)
    older = {one.transfer_id or one.id for one in page.items if _is_older(one, counted.get(one.batch_id))}
    told = [Told(one, one.id in undone, (one.transfer_id or one.id) in older) for one in page.items]
    return Page(told, page.number, page.total)


def _is_older(movement: StockMovement, count: Counted | None) -> bool:
    """Whether this count fixed what the movement had changed: as `past.counted_since`, on many movements."""
    if count is None or count.movement_id == movement.id:
        return False
    return (movement.happened_on, movement.recorded_at) <= (count.on, count.recorded_at)


def _last_counts(item: StockItem) -> dict[uuid.UUID, Counted]:
    """The last count of each of its batches that was counted; one that was reversed is none."""
    reversal = aliased(StockMovement)
    rows = db.session.execute(
        sa.select(StockMovement.batch_id, StockMovement.happened_on, StockMovement.recorded_at, StockMovement.id)
        .join(StockMovement.batch)
        .where(
            StockBatch.item_id == item.id,
            StockMovement.kind == MovementKind.COUNT,
            ~sa.exists().where(reversal.reverses_id == StockMovement.id),
        )
        .order_by(StockMovement.happened_on, StockMovement.recorded_at)
    )
    return {batch_id: Counted(on, recorded_at, count_id) for batch_id, on, recorded_at, count_id in rows}


def _reversed(item: StockItem) -> set[uuid.UUID | None]:
    """The movements of its batches that were reversed."""
    undone = sa.select(StockMovement.reverses_id).join(StockMovement.batch).where(StockBatch.item_id == item.id)
    return set(db.session.scalars(undone.where(StockMovement.reverses_id.is_not(None))))


def movement_or_404(cpts: Cpts, movement_id: uuid.UUID) -> StockMovement:
    """A movement with its batch and its item."""
    return db.session.scalars(
        sa.select(StockMovement)
        .join(StockMovement.batch)
        .join(StockBatch.item)
        .where(StockItem.cpts_id == cpts.id, StockMovement.id == movement_id, StockItem.removed_at.is_(None))
        .options(contains_eager(StockMovement.batch).contains_eager(StockBatch.item))
    ).one_or_none() or abort(404)
