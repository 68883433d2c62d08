"""The moment that someone means by a time of day."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from crisis_plan import clock
from crisis_plan.web.times import last_time


def utc(day: int, hour: int, minute: int, *, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "now", "meant"),
    [
        pytest.param(time(23, 50), utc(10, 22, 10), utc(10, 21, 50), id="ten past midnight, 23:50 was yesterday"),
        pytest.param(time(0, 11), utc(10, 22, 10), utc(10, 22, 11), id="a clock a minute ahead"),
        pytest.param(time(2, 30), utc(25, 1, 35), utc(25, 1, 30), id="the second 02:30, five minutes ago"),
        pytest.param(time(2, 30), utc(25, 0, 35), utc(25, 0, 30), id="the first 02:30: the second is to come"),
        pytest.param(time(2, 50), utc(25, 1, 10), utc(25, 0, 50), id="02:50 of the first time, at the second 02:10"),
        pytest.param(time(2, 30), utc(25, 0, 10), utc(24, 0, 30), id="the day before: neither has come"),
        pytest.param(
            time(3, 30), utc(29, 1, 35, month=3), utc(29, 1, 30, month=3), id="after the hour that is skipped"
        ),
    ],
)
def test_a_time_is_the_last_that_the_clocks_showed(typed: time, now: datetime, meant: datetime) -> None:
    assert last_time(typed, clock.PARIS, now) == meant
