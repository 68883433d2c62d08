from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.exercises import attendance, rules
from crisis_plan.anticipation.exercises.rules import PROPOSED, ExerciseKind, ExerciseState, Need, standing
from crisis_plan.anticipation.exercises.tasks import pace_tasks
from crisis_plan.months import add_months

TODAY = date(2026, 11, 22)
TEST = ExerciseKind.COMMUNICATIONS_TEST


@pytest.mark.parametrize(
    ("last_held_on", "planned_on", "due_on", "need"),
    [
        (None, None, None, Need.NEVER_DONE),
        (None, date(2026, 12, 1), None, Need.PLANNED),
        (None, date(2027, 5, 23), None, Need.NEVER_DONE),
        (date(2026, 5, 21), None, date(2026, 11, 21), Need.OVERDUE),
        (date(2026, 5, 22), None, date(2026, 11, 22), Need.DUE_SOON),
        (date(2026, 7, 21), None, date(2027, 1, 21), Need.DUE_SOON),
        (date(2026, 7, 22), None, date(2027, 1, 22), Need.UP_TO_DATE),
        (date(2026, 5, 21), date(2026, 12, 1), date(2026, 11, 21), Need.OVERDUE),
        (date(2026, 5, 22), date(2026, 11, 23), date(2026, 11, 22), Need.PLANNED),
        (date(2026, 7, 21), date(2027, 1, 21), date(2027, 1, 21), Need.PLANNED),
        (date(2026, 7, 21), date(2027, 1, 22), date(2027, 1, 21), Need.DUE_SOON),
        (date(2026, 8, 31), None, date(2027, 2, 28), Need.UP_TO_DATE),
    ],
)
def test_a_test_every_six_months_is_due_from_the_last_one(
    last_held_on: date | None, planned_on: date | None, due_on: date | None, need: Need
) -> None:
    found = standing(TEST, 6, last_held_on=last_held_on, planned_on=planned_on, today=TODAY)
    assert (found.due_on, found.need) == (due_on, need)


def test_what_has_no_pace_is_never_due() -> None:
    found = standing(ExerciseKind.TRAINING, None, last_held_on=date(2020, 1, 1), planned_on=None, today=TODAY)
    assert (found.need, found.due_on) == (Need.NO_PACE, None)
    assert list(pace_tasks([found])) == []


def test_the_sentences_say_since_when_or_before_when() -> None:
    said = [
        task.sentence
        for last in (None, date(2026, 3, 1), date(2026, 6, 1))
        for task in pace_tasks([standing(TEST, 6, last_held_on=last, planned_on=None, today=TODAY)])
    ]
    assert [sentence.split("\u00a0: ")[1] for sentence in said] == [
        "aucun n’a encore eu lieu (rythme indicatif).",
        "à refaire depuis le 1er septembre 2026 (rythme indicatif).",
        "à refaire avant le 1er décembre 2026 (rythme indicatif).",
    ]


def test_what_is_overdue_is_asked_for_and_says_when_it_is_planned() -> None:
    found = standing(TEST, 6, last_held_on=date(2026, 3, 1), planned_on=date(2027, 2, 1), today=TODAY)
    (task,) = pace_tasks([found])
    assert task.sentence.endswith(
        "à refaire depuis le 1er septembre 2026, programmé le 1er février 2027 (rythme indicatif)."
    )


def test_a_test_whose_calls_are_over_took_place_and_is_to_be_told() -> None:
    planned = SimpleNamespace(planned_on=date(2026, 11, 20), held_on=None, cancelled_on=None)
    assert rules.state_of(planned, TODAY) is ExerciseState.UNTOLD
    assert rules.state_of(planned, TODAY, is_tested=True) is ExerciseState.TESTED


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(1, rules.MOST_MONTHS))
def test_some_months_later_is_that_month_and_no_later_a_day(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day <= day.day
    assert later.day >= min(day.day, 28)


def test_the_proposed_pace_is_that_of_the_domain() -> None:
    assert [PROPOSED[kind] for kind in ExerciseKind] == [6, 12, 36, None, None]
    assert rules.with_proposed({TEST: None})[TEST] is None


def test_the_mark_changes_with_any_pace() -> None:
    marks = {rules.mark_of(PROPOSED), *(rules.mark_of({**PROPOSED, kind: 7}) for kind in ExerciseKind)}
    assert len(marks) == 1 + len(ExerciseKind)


def test_lessons_are_lines_without_their_dashes() -> None:
    assert rules.lessons_in("- Une clé de plus\r\n\n • Annuaire à jour \n–\n") == ["Une clé de plus", "Annuaire à jour"]


def test_the_headcount_is_by_profession_in_alphabetical_order() -> None:
    people = [("Médecin", True), ("Médecin", False), ("Éducateur", True), ("", False)]
    found = attendance.attendance(people)
    assert (found.total.invited, found.total.present) == (4, 2)
    assert [(name, one.invited, one.present) for name, one in found.by_profession.items()] == [
        ("Éducateur", 1, 1),
        ("Médecin", 2, 1),
        (attendance.WITHOUT_PROFESSION, 1, 0),
    ]
