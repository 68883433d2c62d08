"""When an improvement is late, due soon, to be reminded: on the days that decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from crisis_plan.evaluation.improvements.rules import (
    ImprovementState,
    is_due_soon,
    is_overdue,
    is_to_remind,
    name,
    opened_at,
    shortened,
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


@dataclass(frozen=True)
class Told:
    at: datetime
    state: ImprovementState


def at(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC)


OPEN, STARTED, DONE, REFUSED = ImprovementState


@pytest.mark.parametrize(
    ("states", "day"),
    [
        ([OPEN], 1),
        ([OPEN, STARTED, OPEN], 1),
        ([OPEN, DONE], 1),
        ([OPEN, DONE, OPEN], 3),
        ([OPEN, REFUSED, REFUSED, STARTED, OPEN], 4),
        ([REFUSED, OPEN], 2),
        ([REFUSED, DONE], None),
        ([], None),
    ],
)
def test_it_is_open_since_it_was_decided_or_last_taken_up(states: list[ImprovementState], day: int | None) -> None:
    steps = [Told(at(number), state) for number, state in enumerate(states, start=1)]
    assert opened_at(steps) == (at(day) if day else None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Appeler la mairie", "Appeler la mairie"),
        ("Appeler la mairie le soir", "Appeler la\u00a0…"),
        ("Anticonstitutionnellement", "Anticonstitutionn"[:15] + "\u00a0…"),
    ],
)
def test_a_text_that_is_cut_ends_at_a_word_and_says_so(text: str, said: str) -> None:
    assert shortened(text, 17) == said
    assert len(shortened(text, 17)) <= 17
