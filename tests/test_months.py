"""Months added to a day, at the end of the month too."""

from __future__ import annotations

from datetime import date

import pytest

from crisis_plan.months import add_months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_months_are_counted_to_the_end_of_the_month(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2024, 8, 31), -6, date(2024, 2, 29)),
        (date(2026, 1, 31), -12, date(2025, 1, 31)),
        (date(2026, 6, 30), -6, date(2025, 12, 30)),
        (date(2026, 12, 31), -12, date(2025, 12, 31)),
        (date(2026, 3, 15), -6, date(2025, 9, 15)),
    ],
)
def test_months_are_counted_back_to_a_day_that_exists(day: date, months: int, found: date) -> None:
    assert add_months(day, months) == found
