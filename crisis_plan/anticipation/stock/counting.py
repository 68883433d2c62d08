"""A whole count typed back at once: every line or none."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import ledger
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.ledger import BatchGone, Movement
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
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


def count_several(cpts: Cpts, found: Mapping[uuid.UUID, Found], *, on: date, by: Account, at: datetime) -> int:
    """Write a count for each of these batches; how many there were.

    Raises `MovedMeanwhile` when one no longer holds what was expected, `BatchGone` when one was removed, `NotYet`.
    """
    batches = _held(cpts, found)
    if len(batches) < len(found):
        raise BatchGone
    moved = {batch.id: batch.quantity for batch in batches if batch.quantity != found[batch.id].expected}
    if moved:
        raise MovedMeanwhile(moved)
    for batch in batches:
        counted = found[batch.id].counted
        movement = Movement(MovementKind.COUNT, counted - batch.quantity, on, counted=counted)
        ledger.write(batch, movement, by=by, at=at)
    return len(batches)


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
