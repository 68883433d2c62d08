"""The axis goes by the clocks of the CPTS, on the days when they change too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.clock import PARIS, Place
from crisis_plan.evaluation.figures.axis import MOST_PLACES, MOST_TICKS, Axis
from crisis_plan.evaluation.figures.happenings import Sort
from tests.evaluation.figures.happened import happening

HOUR = timedelta(hours=1)
REUNION = Place("Indian/Reunion")
places = st.sampled_from([PARIS, REUNION, Place("America/Martinique")])
moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
lengths = st.timedeltas(timedelta(minutes=20), timedelta(days=400))


def labels(start: datetime, length: timedelta, place: Place = PARIS) -> list[str]:
    return [tick.label.replace("\u00a0", " ") for tick in Axis(start, start + length, place).ticks()]


@given(moments, lengths, places)
def test_ticks_are_few_in_order_and_where_their_hour_is(start: datetime, length: timedelta, place: Place) -> None:
    axis = Axis(start, start + length, place)
    ticks = axis.ticks()
    positions = [tick.position for tick in ticks]
    assert 1 <= len(ticks) <= MOST_TICKS + 2
    assert positions == sorted(positions)
    assert all(0 <= one <= 1 for one in positions)


@given(moments, lengths, places, st.lists(st.floats(-0.5, 1.5), max_size=100))
def test_places_are_few_and_hold_what_falls_in_them_by_the_clocks_there(
    start: datetime, length: timedelta, place: Place, shares: list[float]
) -> None:
    axis = Axis(start, start + length, place)
    found = axis.by_place([happening(Sort.MESSAGE, start + share * length) for share in sorted(shares)])
    assert len(found) <= MOST_PLACES + 2
    assert sum(map(len, found.values())) == len(shares)
    begins = sorted(found)
    for at, together in found.items():
        assert axis.place_words(at)
        after = [other for other in begins if other > at]
        for one in together:
            local = axis.local(axis.inside(one.at))
            assert at <= local
            assert not after or local < after[0]


@given(moments, lengths, places, st.lists(st.floats(-0.5, 1.5), max_size=100))
def test_a_day_holds_what_happened_on_it(start: datetime, length: timedelta, place: Place, shares: list[float]) -> None:
    axis = Axis(start, start + length, place)
    found = axis.by_day([happening(Sort.MESSAGE, start + share * length) for share in sorted(shares)])
    assert all(axis.day_of(one.at) == day for day, together in found.items() for one in together)
    assert sum(map(len, found.values())) == len(shares)


@given(moments, lengths, st.floats(-1, 2))
def test_a_position_is_its_share_of_the_axis_and_stays_on_it(start: datetime, length: timedelta, share: float) -> None:
    assert Axis(start, start + length, PARIS).position(start + share * length) == pytest.approx(
        min(max(share, 0), 1), abs=0.0001
    )


def test_hours_for_a_day() -> None:
    assert labels(datetime(2026, 8, 7, 5, tzinfo=UTC), 6 * HOUR) == [
        "ven. 7", "7 h", "8 h", "9 h", "10 h", "11 h", "12 h", "13 h"
    ]  # fmt: skip


def test_days_for_weeks() -> None:
    assert labels(datetime(2026, 7, 28, tzinfo=UTC), timedelta(days=14))[:3] == ["29 juil.", "31 juil.", "2 août"]


def test_a_place_far_away_has_its_own_hours() -> None:
    assert labels(datetime(2026, 8, 7, 5, tzinfo=UTC), 3 * HOUR, REUNION)[:3] == ["ven. 7", "9 h", "9 h 30"]


def test_the_hour_that_does_not_exist_in_spring_is_not_written() -> None:
    found = labels(datetime(2026, 3, 28, 23, tzinfo=UTC), 6 * HOUR)
    assert found == ["dim. 29", "1 h", "3 h", "4 h", "5 h", "6 h", "7 h"]


def test_the_hour_that_comes_twice_in_autumn_leaves_the_others_in_their_place() -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    axis = Axis(start, start + 6 * HOUR, PARIS)
    ticks = {tick.label.replace("\u00a0", " "): round(tick.position * 6, 2) for tick in axis.ticks()}
    assert ticks == {"dim. 25": 0.0, "1 h": 1.0, "2 h": 2.0, "3 h": 4.0, "4 h": 5.0, "5 h": 6.0}


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (9 * HOUR, "entre 14 h et 14 h 30"),
        (timedelta(days=4), "le 7 août entre 12 h et 18 h"),
        (timedelta(days=20), "le 7 août"),
        (timedelta(days=40), "du 6 août au 7 août"),
    ],
)
def test_a_place_is_told_as_people_say_it(length: timedelta, said: str) -> None:
    start = datetime(2026, 8, 7, 12, tzinfo=UTC)
    axis = Axis(start, start + length, PARIS)
    (place,) = axis.by_place([happening(Sort.MESSAGE, start)])
    assert axis.place_words(place).replace("\u00a0", " ") == said
