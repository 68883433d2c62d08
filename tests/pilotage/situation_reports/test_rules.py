"""When a point is awaited, and what becomes of a text when what is calculated is taken again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan.pilotage.situation_reports.rules import Joining, is_due, joined, proposed_next_point
from tests.factories import NOON

HOUR = timedelta(hours=1)


def test_a_point_is_due_from_its_hour_on() -> None:
    assert [is_due(at, NOON) for at in (None, NOON + HOUR, NOON, NOON - HOUR)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("written", "how", "expected"),
    [
        ("Mon texte", Joining.REPLACE, "Calculé"),
        ("Mon texte", Joining.APPEND, "Mon texte\n\nCalculé"),
        ("", Joining.APPEND, "Calculé"),
    ],
)
def test_what_is_calculated_replaces_or_follows(written: str, how: Joining, expected: str) -> None:
    assert joined(written, "Calculé", how) == expected


def test_nothing_calculated_adds_nothing() -> None:
    assert joined("Mon texte", "", Joining.APPEND) == "Mon texte"


def test_the_next_point_keeps_the_hour_that_was_fixed_while_it_is_to_come() -> None:
    fixed = NOON + 2 * HOUR
    assert proposed_next_point(fixed, 60, NOON) == fixed
    assert proposed_next_point(NOON - HOUR, 60, NOON) == NOON + HOUR
    assert proposed_next_point(None, None, NOON) == NOON + 4 * HOUR
