from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.adaptation.durations import LONGEST, every, in_words, minutes_in


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("30 min", 30),
        ("30min", 30),
        ("45 mn", 45),
        ("90", 90),
        ("4 h", 240),
        ("4H", 240),
        ("4 heures", 240),
        ("1 h 30", 90),
        ("1h30", 90),
        ("1\u00a0h\u00a005", 65),
        ("1 heure et 30 minutes", 90),
        ("1,5 h", 90),
        ("1.25 h", 75),
        ("2 j", 2880),
        ("1 jour 12 h", 2160),
        ("1 semaine", 10080),
        ("0", 0),
    ],
)
def test_a_duration_is_read_as_people_write_it(typed: str, minutes: int) -> None:
    assert minutes_in(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", " ", "h", "min", "souvent", "-5", "1 h 90", "2 j 3", "1 h 305", "0,01 min", "٣ h", "1e3"]
)
def test_what_is_no_duration_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="Écrivez une durée comme"):
        minutes_in(typed)


def test_a_number_alone_counts_in_the_unit_of_its_field() -> None:
    assert (minutes_in("24", alone=60), minutes_in("24 min", alone=60)) == (1440, 24)


def test_more_than_a_year_is_refused() -> None:
    assert minutes_in(f"{LONGEST}") == LONGEST
    with pytest.raises(ValueError, match="un an"):
        minutes_in("999999 semaines")


@pytest.mark.parametrize(
    ("minutes", "words", "pace"),
    [
        (None, "", ""),
        (30, "30 min", "toutes les 30 min"),
        (60, "1 h", "toutes les heures"),
        (65, "1 h 05", "toutes les 1 h 05"),
        (1440, "24 h", "toutes les 24 h"),
        (2880, "48 h", "toutes les 48 h"),
        (2881, "48 h 01", "toutes les 48 h 01"),
        (4320, "3 jours", "tous les 3 jours"),
        (10080, "7 jours", "tous les 7 jours"),
    ],
)
def test_a_duration_is_said_as_people_say_it(minutes: int | None, words: str, pace: str) -> None:
    assert (in_words(minutes).replace("\u00a0", " "), every(minutes).replace("\u00a0", " ")) == (words, pace)


@given(st.integers(0, LONGEST))
def test_what_is_said_is_read_back(minutes: int) -> None:
    assert minutes_in(in_words(minutes)) == minutes
    assert minutes_in(str(minutes)) == minutes


@given(
    st.integers(0, 99),
    st.integers(0, 59),
    st.sampled_from(["{} h {}", "{}h{:02}", "{} heures et {} minutes", "{} h {} mn"]),
)
def test_hours_and_minutes_add_up_however_they_are_written(hours: int, minutes: int, shape: str) -> None:
    assert minutes_in(shape.format(hours, minutes)) == 60 * hours + minutes


@given(st.text(alphabet="0123456789 hjmin.,et\u00a0-", max_size=20))
def test_any_text_is_read_as_a_possible_duration_or_refused(text: str) -> None:
    try:
        minutes = minutes_in(text)
    except ValueError:
        return
    assert 0 <= minutes <= LONGEST
    assert minutes_in(in_words(minutes)) == minutes
