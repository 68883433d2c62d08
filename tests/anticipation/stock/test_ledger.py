"""Whatever is written, in whatever order and of whatever day: what was counted stays what was counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import counting, movements, operations
from crisis_plan.anticipation.stock.descriptions import BatchDescription, ItemDescription
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockMovement
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from tests.factories import NOON, TODAY, AccountFactory

PLACES = ("Uzès", "Remoulins", "Aramon")
OPENED = 3
"""How many days ago the batches were opened."""
Step = tuple[str, int, int, int]
"""A gesture, a batch, a quantity, and how many days ago it happened."""
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["in", "out", "loss", "count", "count", "transfer", "reverse"]),
        st.integers(0, 2),
        st.integers(-1, 12),
        st.integers(0, OPENED + 1),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_order_of_writing_undoes_a_count_or_goes_below_zero(cpts: Cpts, steps: list[Step]) -> None:
    with db.session.begin_nested() as savepoint:
        by, opened_at = AccountFactory(), NOON - timedelta(days=OPENED)
        item = operations.add_item(cpts, ItemDescription("Gants"), by=by, at=opened_at)
        batches = [
            operations.add_batch(item, BatchDescription(5, place=place), by=by, at=opened_at) for place in PLACES
        ]
        for rank, step in enumerate(steps):
            attempt(step, batches, by, NOON + timedelta(minutes=rank))
            for batch in batches:
                check(batch, rows_of(batch))
        savepoint.rollback()


def attempt(step: Step, batches: list[StockBatch], by: Account, at: datetime) -> None:
    """Do it: what is accepted changes today's quantity by what was said, what is refused changes nothing."""
    kind, which, quantity, ago = step
    before, written = [one.quantity for one in batches], [len(rows_of(one)) for one in batches]
    try:
        expected = act(kind, batches, which, quantity, TODAY - timedelta(days=ago), by, at)
    except RuleBroken:
        assert [len(rows_of(one)) for one in batches] == written
        expected = [0, 0, 0]
    assert [one.quantity - was for one, was in zip(batches, before, strict=True)] == expected


def act(
    kind: str, batches: list[StockBatch], which: int, quantity: int, on: date, by: Account, at: datetime
) -> list[int]:
    """What it is to change of each batch, said without the code that does it."""
    changes, batch, other = [0, 0, 0], batches[which], (which + 1) % 3
    match kind:
        case "in":
            movements.take_in(batch, quantity, on=on, by=by, at=at)
            changes[which] = quantity
        case "out" | "loss":
            (movements.take_out if kind == "out" else movements.lose)(batch, quantity, on=on, by=by, at=at)
            changes[which] = -quantity
        case "transfer":
            movements.transfer(batch, quantity, to=batches[other].place, on=on, by=by, at=at)
            changes[which], changes[other] = -quantity, quantity
        case "count":
            there = until(rows_of(batch), on)
            counting.count(batch, quantity, seen=batch.quantity, on=on, by=by, at=at)
            assert until(rows_of(batch), on) == quantity
            changes[which] = quantity - there
        case "reverse":
            rows = rows_of(batch)
            for undone in movements.reverse(rows[quantity % len(rows)], by=by, at=at):
                changes[batches.index(undone.batch)] += undone.change
    return changes


def check(batch: StockBatch, rows: Sequence[StockMovement]) -> None:
    """A count fixes the quantity of its day, nothing older changes it, and no day ever ends below zero."""
    assert batch.quantity == sum(row.change for row in rows)
    assert all(until(rows, day) >= 0 for day in {row.happened_on for row in rows})
    undone = {row.reverses_id for row in rows}
    counts = [row for row in rows if row.kind is MovementKind.COUNT and row.id not in undone]
    for count in counts:
        moment = (count.happened_on, count.recorded_at)
        assert sum(row.change for row in rows if (row.happened_on, row.recorded_at) <= moment) == count.counted
    assert batch.counted_on == max((count.happened_on for count in counts), default=None)


def rows_of(batch: StockBatch) -> list[StockMovement]:
    found = sa.select(StockMovement).where(StockMovement.batch_id == batch.id).order_by(StockMovement.recorded_at)
    return list(db.session.scalars(found))


def until(rows: Sequence[StockMovement], day: date) -> int:
    return sum(row.change for row in rows if row.happened_on <= day)
