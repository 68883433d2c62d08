"""The movements of the stock, as they are told."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
    """A movement, and whether another one reversed it."""

    movement: StockMovement
    is_reversed: bool

    @property
    def may_be_reversed(self) -> bool:
        movement = self.movement
        is_there = movement.batch.removed_at is None
        return is_there and not self.is_reversed and movement.kind is not MovementKind.REVERSAL


def last_count(item: StockItem) -> date | None:
    """The last day on which one of its batches was counted."""
    counted = last_counts().where(StockBatch.item_id == item.id).subquery()
    return db.session.scalar(sa.select(counted.c.day))


def last_counts() -> sa.Select[uuid.UUID, date]:
    """For each item that was counted (`item_id`), the last `day`; a count that was reversed is none."""
    reversal = aliased(StockMovement)
    return (
        sa.select(StockBatch.item_id.label("item_id"), sa.func.max(StockMovement.happened_on).label("day"))
        .join(StockBatch.movements)
        .where(
            StockBatch.removed_at.is_(None),
            StockMovement.kind == MovementKind.COUNT,
            ~sa.exists().where(reversal.reverses_id == StockMovement.id),
        )
        .group_by(StockBatch.item_id)
    )


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
    undone = _reversed(page.items)
    return Page([Told(one, one.id in undone) for one in page.items], page.number, page.total)


def _reversed(movements: Sequence[StockMovement]) -> set[uuid.UUID | None]:
    ids = [one.id for one in movements]
    return set(db.session.scalars(sa.select(StockMovement.reverses_id).where(StockMovement.reverses_id.in_(ids))))


def movement_or_404(cpts: Cpts, movement_id: uuid.UUID) -> StockMovement:
    """A movement with its batch and its item."""
    return db.session.scalars(
        sa.select(StockMovement)
        .join(StockMovement.batch)
        .join(StockBatch.item)
        .where(StockItem.cpts_id == cpts.id, StockMovement.id == movement_id, StockItem.removed_at.is_(None))
        .options(contains_eager(StockMovement.batch).contains_eager(StockBatch.item))
    ).one_or_none() or abort(404)
