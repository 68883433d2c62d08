"""When a deadline is reminded: each stage once, none late, none lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.months import add_months
from crisis_plan.yearly_update.deadlines.stages import rank, stage_due, stage_reached

DUE = date(2026, 3, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 2, 27), None),
        (date(2026, 2, 28), "month"),
        (date(2026, 3, 23), "month"),
        (date(2026, 3, 24), "week"),
        (date(2026, 3, 29), "week"),
        (date(2026, 3, 30), "day"),
        (date(2026, 3, 31), "day"),
        (date(2026, 4, 1), "late-1"),
        (date(2026, 4, 7), "late-1"),
        (date(2026, 4, 8), "late-2"),
        (date(2026, 4, 15), "late-3"),
    ],
)
def test_the_stage_of_a_day(today: date, stage: str | None) -> None:
    assert stage_reached(DUE, today) == stage
    assert stage_due(DUE, today, ()) == stage


def test_what_was_written_and_what_came_before_it_are_never_written_again() -> None:
    assert stage_due(DUE, date(2026, 3, 25), {"week"}) is None
    assert stage_due(DUE, date(2026, 3, 25), {"late-2"}) is None
    assert stage_due(DUE, date(2026, 4, 20), {"month"}) == "late-3"


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.lists(st.integers(-60, 120), unique=True, min_size=1))
def test_whatever_days_cron_runs_each_stage_is_written_at_most_once_and_the_latest_always(
    due: date, offsets: list[int]
) -> None:
    sent: list[str] = []
    for offset in sorted(offsets):
        today = due + offset * DAY
        if stage := stage_due(due, today, sent):
            sent.append(stage)
        reached = stage_reached(due, today)
        assert (sent[-1] if sent else None) == reached
        assert (reached is None) is (today < add_months(due, -1))
    assert [rank(one) for one in sent] == sorted({rank(one) for one in sent})
