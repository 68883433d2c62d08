"""What makes a person or an action the same, and what is counted of hours: without a database."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.pilotage.mobilisation import rules
from crisis_plan.pilotage.mobilisation.rules import Interval
from tests.factories import NOON

HOUR = timedelta(hours=1)


def interval(start: float, end: float) -> Interval:
    return NOON + start * HOUR, NOON + end * HOUR


def test_a_name_counts_once_whatever_its_accents_and_case() -> None:
    assert rules.name_key("Hélène PETIT", "Infirmier") == rules.name_key("helene petit", "infirmier")
    assert rules.name_key("Hélène Petit", "Infirmier") != rules.name_key("Hélène Petit", "Médecin")


def test_a_key_fits_its_column() -> None:
    line = uuid.uuid4()
    assert len(rules.contact_key(line)) <= 40
    assert len(rules.name_key("x" * 300, "y" * 120)) <= 40
    assert len(rules.action_key("é" * 160)) <= 200


def test_the_key_of_a_line_says_which_line() -> None:
    line = uuid.uuid4()
    assert rules.contact_of(rules.contact_key(line)) == line
    assert rules.contact_of(rules.name_key("Anne Petit")) is None
    assert rules.contact_of("contact:nonsense") is None


def test_a_plan_action_named_by_hand_counts_once_whatever_its_accents_and_case() -> None:
    assert rules.action_key("Tournée des isolés") == rules.action_key("TOURNEE DES ISOLES")


def test_first_and_last_names_are_alike_in_any_order() -> None:
    assert rules.words_of("PETIT Anne") == rules.words_of("Anne Petit")


@pytest.mark.parametrize(
    ("intervals", "minutes"),
    [
        ([], 0),
        ([interval(0, 2)], 120),
        ([interval(0, 2), interval(1, 3)], 180),
        ([interval(0, 8), interval(1, 2), interval(9, 10)], 540),
        ([interval(0, 1), interval(1, 2)], 120),
    ],
)
def test_hours_that_overlap_count_once(intervals: list[Interval], minutes: int) -> None:
    assert rules.minutes_in(intervals) == minutes


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 600)), max_size=8))
def test_a_person_never_works_longer_than_all_times_together_nor_than_from_first_to_last(
    pairs: list[tuple[int, int]],
) -> None:
    minute = timedelta(minutes=1)
    intervals = [(NOON + start * minute, NOON + (start + length) * minute) for start, length in pairs]
    total = rules.minutes_in(intervals)
    assert total == len({n for start, length in pairs for n in range(start, start + length)})
    assert rules.has_overlap(intervals) == (total < sum(length for _, length in pairs))


@pytest.mark.parametrize(("minutes", "words"), [(45, "45 min"), (120, "2 h"), (1890, "31 h 30"), (4325, "72 h 05")])
def test_time_worked_is_said_in_hours(minutes: int, words: str) -> None:
    assert rules.in_hours(minutes).replace("\u00a0", " ") == words
