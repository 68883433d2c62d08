"""A batch day by day: what a movement of an earlier day may still change, and what a count has fixed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockMovement
from crisis_plan.anticipation.stock.refusals import CountedAfter, NotFollowedYet
from crisis_plan.db import db


@dataclass(frozen=True)
class Day:
    """What a day changed, and whether it fixed the quantity."""

    on: date
    change: int
    is_counted: bool
    is_opened: bool


@dataclass(frozen=True)
class Past:
    """The days of a batch on which something happened, in order; what was reversed fixes nothing."""

    days: Sequence[Day] = ()

    def quantity_on(self, day: date) -> int:
        """What there was at the end of that day: everything that happened until then, whenever it was written."""
        return sum(one.change for one in self.days if one.on <= day)

    def lowest_from(self, day: date) -> int:
        """The least that there was at the end of that day or of a later one."""
        left = lowest = self.quantity_on(day)
        for one in self.days:
            if one.on > day:
                left += one.change
                lowest = min(lowest, left)
        return lowest

    def refuse_what_is_fixed(self, day: date, place: str = "") -> None:
        """Refuse what would change a quantity that is known of a later day.

        On the day of a count, what is written after it is taken to have happened after it.
        Raises `CountedAfter` or `NotFollowedYet`.
        """
        later = [one for one in self.days if one.on > day]
        if counted := [one.on for one in later if one.is_counted]:
            raise CountedAfter(counted[-1], place)
        if opened := [one.on for one in later if one.is_opened]:
            raise NotFollowedYet(opened[-1])


def past_of(batch: StockBatch) -> Past:
    return pasts_of([batch.id])[batch.id]


def pasts_of(batch_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Past]:
    """The past of each of these batches, in one statement."""
    reversal = aliased(StockMovement)
    is_reversed = sa.exists().where(reversal.reverses_id == StockMovement.id)
    rows = db.session.execute(
        sa.select(StockMovement.batch_id, StockMovement.happened_on, StockMovement.change, StockMovement.kind)
        .add_columns(is_reversed)
        .where(StockMovement.batch_id.in_(batch_ids))
    )
    found: dict[uuid.UUID, dict[date, list[tuple[int, MovementKind | None]]]] = defaultdict(lambda: defaultdict(list))
    for batch_id, day, change, kind, undone in rows:
        found[batch_id][day].append((change, None if undone else kind))
    return {batch_id: Past([_day(on, rows) for on, rows in sorted(found[batch_id].items())]) for batch_id in batch_ids}


def _day(on: date, rows: Sequence[tuple[int, MovementKind | None]]) -> Day:
    kinds = {kind for _, kind in rows}
    change = sum(change for change, _ in rows)
    return Day(on, change, MovementKind.COUNT in kinds, MovementKind.OPENING in kinds)


def counted_since(movement: StockMovement) -> date | None:
    """The last day on which its batch was counted after it; on its own day, a count that was written after it."""
    other, reversal = aliased(StockMovement), aliased(StockMovement)
    return db.session.scalar(
        sa.select(sa.func.max(other.happened_on)).where(
            other.batch_id == movement.batch_id,
            other.kind == MovementKind.COUNT,
            other.id != movement.id,
            sa.or_(
                other.happened_on > movement.happened_on,
                sa.and_(other.happened_on == movement.happened_on, other.recorded_at >= movement.recorded_at),
            ),
            ~sa.exists().where(reversal.reverses_id == other.id),
        )
    )
