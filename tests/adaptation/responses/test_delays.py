from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation import durations
from crisis_plan.adaptation.durations import DAY, HOUR, LONGEST
from crisis_plan.adaptation.responses.delays import in_words, parse


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("T+15", 15),
        ("15", 15),
        ("+15", 15),
        ("t 15 mn", 15),
        ("T0", 0),
        ("T+0 min", 0),
        ("90 minutes", 90),
        ("1 h 30", 90),
        ("1,5 h", 90),
        ("T+366 j", 366 * DAY),
        ("1h30", 90),
        ("T+1 heure", HOUR),
        ("H+4", 4 * HOUR),
        ("J+2", 2 * DAY),
        ("j 2", 2 * DAY),
        ("2 j", 2 * DAY),
        ("2 jours", 2 * DAY),
        ("1 j 6 h 30 min", DAY + 6 * HOUR + 30),
        ("1 semaine", 7 * DAY),
        ("T+2\u00a0j", 2 * DAY),
    ],
)
def test_a_delay_is_read_as_people_write_it(typed: str, minutes: int) -> None:
    assert parse(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", " ", "T", "T+", "J+", "-5", "demain", "1 h 90", "2 j 30", "1 h 2 h", "15 km", "J+1 6 h", "①", "T++5"]
)
def test_what_is_no_delay_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=durations.UNREADABLE):
        parse(typed)


@pytest.mark.parametrize("typed", ["367 j", "999999", "53 semaines", "J+999999"])
def test_more_than_a_year_is_no_step_of_the_response(typed: str) -> None:
    with pytest.raises(ValueError, match=durations.TOO_LONG):
        parse(typed)


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (None, ""),
        (0, "T+0\u00a0min"),
        (15, "T+15\u00a0min"),
        (60, "T+1\u00a0h"),
        (65, "T+1\u00a0h\u00a005"),
        (90, "T+1\u00a0h\u00a030"),
        (2 * DAY, "T+48\u00a0h"),
        (7 * DAY, "T+7\u00a0jours"),
        (DAY + 10, "T+24\u00a0h\u00a010"),
    ],
)
def test_a_delay_is_shown_in_words(minutes: int | None, shown: str) -> None:
    assert in_words(minutes) == shown


@given(st.integers(0, LONGEST))
def test_what_is_shown_is_read_back_the_same(minutes: int) -> None:
    assert parse(in_words(minutes)) == minutes


@given(
    st.one_of(
        st.builds(lambda n: f"{n}", st.integers(0, 9_999)),
        st.builds(lambda n: f"T+{n} min", st.integers(0, 9_999)),
        st.builds(lambda h, m: f"{h} h {m:02}", st.integers(0, 99), st.integers(0, 59)),
        st.builds(lambda d: f"J+{d}", st.integers(0, 365)),
        st.builds(lambda d, h: f"{d}j {h}h", st.integers(0, 300), st.integers(0, 23)),
    )
)
def test_what_is_typed_means_what_is_then_shown(typed: str) -> None:
    shown = in_words(parse(typed))
    assert in_words(parse(shown)) == shown


@given(st.text(max_size=30))
def test_any_text_is_a_delay_of_at_most_a_year_or_is_refused(typed: str) -> None:
    try:
        minutes = parse(typed)
    except ValueError:
        return
    assert 0 <= minutes <= LONGEST


def read(how: Callable[[str], int], typed: str) -> int | str:
    """The minutes, or why they are refused."""
    try:
        return how(typed)
    except ValueError as refused:
        return str(refused)


@given(
    st.one_of(
        st.text(max_size=20),
        st.text("0123456789 ,.hjminsea\u00a0", max_size=12),
        st.integers(0, LONGEST + DAY).map(durations.in_words),
    )
)
def test_a_level_and_a_card_read_a_time_alike(typed: str) -> None:
    assert read(parse, f"T+{typed}") == read(durations.minutes_in, typed)


@given(st.integers(0, LONGEST))
def test_a_level_and_a_card_say_a_time_alike(minutes: int) -> None:
    assert in_words(minutes) == f"T+{durations.in_words(minutes)}"
