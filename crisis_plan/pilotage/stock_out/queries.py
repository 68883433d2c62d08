"""What left the stock for a crisis, and what can still leave it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from crisis_plan.adaptation.levels import queries as levels
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.anticipation.stock.place_queries import batches_to_count
from crisis_plan.anticipation.stock.queries import HeldItem
from crisis_plan.anticipation.stock.rules import StockState, is_expired
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.stock_out.models import CrisisMovement

if TYPE_CHECKING:
    from crisis_plan.anticipation.stock.models import StockBatch

FAR = date.max


@dataclass(frozen=True)
class Gone:
    """Something that left for a crisis. Reversed in the stock, it never did."""

    movement: CrisisMovement
    batch: StockBatch
    quantity: int
    is_reversed: bool


def gone(crisis: Crisis) -> list[Gone]:
    """Everything that left, the latest first; two statements."""
    moves = CrisisMovement.movement.property.mapper.class_
    batch = joinedload(CrisisMovement.movement).joinedload(moves.batch)
    item = batch.joinedload(moves.batch.property.mapper.class_.item)
    query = sa.select(CrisisMovement).where(CrisisMovement.crisis_id == crisis.id)
    found = db.session.scalars(query.options(item, joinedload(CrisisMovement.entry))).all()
    back = _reversed([one.movement_id for one in found])
    told = [Gone(one, one.movement.batch, -one.movement.change, one.movement_id in back) for one in found]
    return sorted(told, key=lambda one: (-one.movement.entry.number, one.batch.item.folded_name))


def _reversed(movement_ids: Collection[UUID]) -> set[UUID | None]:
    """Those of these movements that were undone since."""
    moves = CrisisMovement.movement.property.mapper.class_
    return set(db.session.scalars(sa.select(moves.reverses_id).where(moves.reverses_id.in_(movement_ids))))


def batches(cpts: Cpts, crisis: Crisis, today: date) -> list[StockBatch]:
    """What can leave: items that this crisis calls for first, then by name; in an item what expires first, expired last."""
    wanted = _called_for(cpts, crisis)

    def urgency(batch: StockBatch) -> tuple[object, ...]:
        is_wanted = batch.item_id in wanted
        return (
            not is_wanted,
            batch.item.folded_name,
            is_expired(batch, today),
            batch.expires_on or FAR,
            batch.position,
        )

    return sorted((batch for batch in batches_to_count(cpts) if batch.quantity > 0), key=urgency)


def _called_for(cpts: Cpts, crisis: Crisis) -> set[UUID]:
    """The items that the level or the cards of this crisis name."""
    by_cards = responses.items_called_for(cpts, crisis.crisis_type)
    return by_cards | levels.items_called_for(crisis.level_id)


def short(cpts: Cpts, today: date) -> Sequence[HeldItem]:
    """The items of the stock that are under their threshold; one statement."""
    return [one for one in stock.held_items(cpts, today) if StockState.SHORT in one.holding.states]
