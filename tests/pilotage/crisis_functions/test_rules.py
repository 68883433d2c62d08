"""Who is on duty, when nobody is, and how hours are said."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from crisis_plan.clock import Place
from crisis_plan.pilotage.crisis_functions.following import seconds, still_stands
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.crisis_functions.rules import Gap, end_of_night, gaps, is_on_duty, overlaps

PARIS = Place("Europe/Paris")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def hour(hours):
    return NOON + timedelta(hours=hours)


def served(start, end=None):
    return SimpleNamespace(starts_at=hour(start), ends_at=None if end is None else hour(end))


def test_one_is_on_duty_from_the_first_moment_to_before_the_last():
    assert is_on_duty(served(0, 2), hour(0))
    assert is_on_duty(served(0), hour(500))
    assert not is_on_duty(served(0, 2), hour(2))
    assert not is_on_duty(served(1, 2), hour(0))


def test_two_times_that_touch_do_not_overlap():
    assert not overlaps(served(0, 2), hour(2), hour(4))
    assert not overlaps(served(4), hour(2), hour(4))
    assert overlaps(served(0), hour(2), None)
    assert overlaps(served(3, 5), hour(2), hour(4))


def test_gaps_are_between_the_services_whatever_their_order():
    found = gaps([served(6, 8), served(1, 3), served(2, 4)], hour(0), hour(10))
    assert found == (Gap(hour(0), hour(1)), Gap(hour(4), hour(6)), Gap(hour(8), hour(10)))


def test_who_stays_until_relieved_leaves_no_gap():
    assert gaps([served(-5)], hour(0), hour(20)) == ()
    assert gaps([], hour(0), hour(1)) == (Gap(hour(0), hour(1)),)
    assert gaps([served(30)], hour(0), hour(20)) == (Gap(hour(0), hour(20)),)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)),
        (datetime(2026, 11, 22, 2, tzinfo=UTC), datetime(2026, 11, 22, 7, tzinfo=UTC)),
        (datetime(2026, 11, 22, 7, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),  # the night clocks go back
    ],
)
def test_tonight_ends_at_eight_by_the_clocks_of_the_place(now, until):
    assert end_of_night(now, PARIS) == until


def test_hours_say_the_day_only_where_it_is_another():
    said = Hours(PARIS, NOON)
    assert said(NOON) == "13:00"
    assert said(hour(12)) == "demain\u00a0à\u00a001:00"
    assert said(hour(-20)) == "hier\u00a0à\u00a017:00"
    assert said(hour(72)) == "le\u00a025/11\u00a0à\u00a013:00"
    assert said(None) == ""
    assert said.late_by(hour(-2)) == "2\u00a0h"


def test_a_list_stands_until_an_entry_is_written_or_its_hour_comes():
    shown = {"after": "7", "jusque": str(seconds(hour(1)))}
    assert still_stands(shown, 7, NOON)
    assert not still_stands(shown, 8, NOON)
    assert not still_stands(shown, 7, hour(1))
    assert still_stands({"after": "7"}, 7, hour(1))
    assert still_stands({"after": "7", "jusque": "9" * 40}, 7, NOON)
    assert not still_stands({}, 0, NOON)
