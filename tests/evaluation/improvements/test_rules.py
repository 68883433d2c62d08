"""When an improvement is late, due soon, to be reminded: on the days that decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from crisis_plan.evaluation.improvements.rules import (
    ImprovementState,
    is_due_soon,
    is_overdue,
    is_to_remind,
    name,
)

DUE = date(2027, 3, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class One:
    state: ImprovementState = ImprovementState.OPEN
    due_on: date | None = DUE
    reminded_on: date | None = None


@pytest.mark.parametrize(("today", "said"), [(DUE - DAY, False), (DUE, False), (DUE + DAY, True)])
def test_it_is_overdue_once_its_last_day_is_over(today: date, said: bool) -> None:
    assert is_overdue(One(), today) is said
    assert is_overdue(One(ImprovementState.IN_PROGRESS), today) is said


@pytest.mark.parametrize("state", [ImprovementState.DONE, ImprovementState.REFUSED])
def test_what_is_closed_is_neither_late_nor_due(state: ImprovementState) -> None:
    assert not is_overdue(One(state), DUE + 300 * DAY)
    assert not is_due_soon(One(state), DUE)
    assert not is_to_remind(One(state), DUE + 300 * DAY)


def test_without_a_last_day_nothing_is_late() -> None:
    assert not is_overdue(One(due_on=None), DUE)
    assert not is_due_soon(One(due_on=None), DUE)


@pytest.mark.parametrize(
    ("today", "said"), [(DUE - 31 * DAY, False), (DUE - 30 * DAY, True), (DUE, True), (DUE + DAY, False)]
)
def test_it_is_due_soon_for_thirty_days_and_its_last_one(today: date, said: bool) -> None:
    assert is_due_soon(One(), today) is said


@pytest.mark.parametrize(
    ("reminded_on", "today", "said"),
    [
        (None, DUE, False),
        (None, DUE + DAY, True),
        (DUE + DAY, DUE + DAY, False),
        (DUE + DAY, DUE + 30 * DAY, False),
        (DUE + DAY, DUE + 31 * DAY, True),
        (DUE, DUE + DAY, True),
        (DUE - 40 * DAY, DUE + DAY, True),
    ],
)
def test_it_is_reminded_once_overdue_then_every_thirty_days(reminded_on: date | None, today: date, said: bool) -> None:
    """A reminder of before its last day was about another date."""
    assert is_to_remind(One(reminded_on=reminded_on), today) is said


def test_only_what_is_closed_needs_a_word() -> None:
    assert [state for state in ImprovementState if state.needs_a_word] == [
        ImprovementState.DONE,
        ImprovementState.REFUSED,
    ]


def test_it_is_cited_by_its_number() -> None:
    assert name(3) == "Amélioration n°\u00a03"
