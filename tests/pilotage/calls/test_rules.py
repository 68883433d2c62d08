from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.pilotage.calls.rules import (
    WITHOUT_PROFESSION,
    Outcome,
    ProfessionResult,
    Purpose,
    from_when,
    in_words,
    is_claimed,
    results,
)

OPENED = datetime(2026, 11, 22, 12, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Line:
    name: str = "Camille MARTIN"
    profession: str = "Infirmier"
    outcome: Outcome | None = None
    comes: bool | None = None
    answered_at: datetime | None = None


def reached(minutes: float, *, comes: bool | None = None, profession: str = "Infirmier") -> Line:
    at = OPENED + timedelta(minutes=minutes)
    return Line(profession=profession, outcome=Outcome.REACHED, comes=comes, answered_at=at)


def test_times_count_everyone_who_was_asked_and_not_only_who_answered() -> None:
    lines = [reached(1), reached(2), reached(30), Line(), Line()]
    found = results(lines, OPENED)
    assert (found.asked, found.reached, found.answer_rate) == (5, 3, 60)
    assert found.median == timedelta(minutes=30)
    assert found.ninetieth is None


def test_there_is_no_median_before_half_have_answered() -> None:
    assert results([reached(1), Line(), Line()], OPENED).median is None
    assert results([reached(1), Line()], OPENED).median == timedelta(minutes=1)


def test_nine_in_ten_is_the_ninth_of_ten_and_needs_nine_answers() -> None:
    nine = [reached(minutes) for minutes in range(1, 10)]
    assert results([*nine, Line()], OPENED).ninetieth == timedelta(minutes=9)
    assert results([*nine[:8], Line(), Line()], OPENED).ninetieth is None


def test_a_person_whom_a_correction_left_unreached_counts_nowhere_as_reached() -> None:
    corrected = Line(outcome=Outcome.NO_ANSWER, answered_at=OPENED + timedelta(minutes=1))
    found = results([corrected], OPENED)
    assert (found.reached, found.median, found.not_reached) == (0, None, ("Camille MARTIN",))


def test_the_answer_rate_is_100_only_when_all_answered() -> None:
    assert results([*(reached(1) for _ in range(199)), Line()], OPENED).answer_rate == 99
    assert results([], OPENED).answer_rate == 0


def test_who_comes_who_does_not_and_wrong_numbers_are_counted_apart() -> None:
    lines = [reached(1, comes=True), reached(2, comes=False), reached(3), Line(outcome=Outcome.WRONG_NUMBER)]
    found = results(lines, OPENED)
    assert (found.coming, found.not_coming, found.wrong_numbers) == (1, 1, 1)


def test_professions_are_counted_the_most_numerous_first() -> None:
    lines = [reached(1), Line(), reached(1, profession="Médecin"), Line(profession="")]
    assert results(lines, OPENED).by_profession == (
        ProfessionResult("Infirmier", 2, 1),
        ProfessionResult("Médecin", 1, 1),
        ProfessionResult(WITHOUT_PROFESSION, 1, 0),
    )


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000)), max_size=60))
def test_half_is_never_later_than_nine_in_ten_and_everyone_is_somewhere(minutes: list[int | None]) -> None:
    found = results([Line() if one is None else reached(one) for one in minutes], OPENED)
    assert found.reached + len(found.not_reached) == found.asked == len(minutes)
    assert (found.ninetieth is None) or (found.median is not None and found.median <= found.ninetieth)
    assert sum(one.asked for one in found.by_profession) == found.asked


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        (None, "non atteint"),
        (timedelta(seconds=20), "moins d’une minute"),
        (timedelta(minutes=12, seconds=59), "12\u00a0min"),
        (timedelta(hours=1, minutes=5), "1\u00a0h\u00a005"),
        (timedelta(days=3, hours=2), "3\u00a0j\u00a02\u00a0h"),
    ],
)
def test_a_delay_reads_in_french(delay: timedelta | None, said: str) -> None:
    assert in_words(delay) == said


@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        ("14:05", "15:30", 22),
        ("14:05", "14:00", 22),
        ("14:05", "13:05", 22),
        ("14:05", "13:04", 23),
        ("18:00", "07:00", 23),
        ("08:00", "20:00", 22),
        ("23:00", "02:00", 23),
        ("00:10", "06:00", 22),
    ],
)
def test_a_time_more_than_an_hour_ago_means_tomorrow(now: str, typed: str, day: int) -> None:
    here = datetime.combine(OPENED.date(), time.fromisoformat(now), tzinfo=PARIS)
    assert from_when(time.fromisoformat(typed), here) == datetime.combine(
        OPENED.date().replace(day=day), time.fromisoformat(typed), tzinfo=PARIS
    )


def test_a_person_is_kept_ten_minutes_for_who_calls() -> None:
    assert is_claimed(OPENED, OPENED + timedelta(minutes=9, seconds=59))
    assert not is_claimed(OPENED, OPENED + timedelta(minutes=10))
    assert not is_claimed(None, OPENED)


def test_a_message_of_a_test_or_an_exercise_says_so_first() -> None:
    assert [purpose.prefix for purpose in Purpose] == ["[TEST] ", "[EXERCICE] ", ""]
