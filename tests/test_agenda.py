"""In which order things are read, and under which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.agenda import SHOWN, Horizon, agenda, horizon, in_order
from crisis_plan.due import Due, Rank

TODAY = date(2026, 1, 31)
DAYS = st.none() | st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=500))
ASKED = st.lists(st.builds(Due, st.text(), st.just("Ouvrir"), st.just("cpts.plan.show"), st.just({}), DAYS))


def due(sentence, due_on=None, rank=Rank.UPKEEP):
    return Due(sentence, "Ouvrir", "cpts.plan.show", due_on=due_on, rank=rank)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 30), Horizon.LATE),
        (date(2026, 1, 31), Horizon.WEEK),
        (date(2026, 2, 7), Horizon.WEEK),
        (date(2026, 2, 8), Horizon.MONTH),
        (date(2026, 2, 28), Horizon.MONTH),
        (date(2026, 3, 1), Horizon.LATER),
        (None, Horizon.ANY_DAY),
    ],
)
def test_what_is_late_near_or_far_follows_from_its_day(day, expected):
    assert horizon(day, TODAY) is expected


def test_the_oldest_delay_comes_first_and_what_has_no_day_last_what_blocks_before_what_keeps():
    asked = [
        due("relire"),
        due("payer", rank=Rank.BLOCKS_PAYMENT),
        due("demain", date(2026, 2, 1)),
        due("rubrique", rank=Rank.BLOCKS_PUBLICATION),
        due("vieux retard", date(2025, 3, 1)),
        due("retard", date(2026, 1, 2)),
        due("avis", rank=Rank.AWAITED),
        due("joindre aujourd’hui", TODAY, Rank.REACHED),
        due("faire aujourd’hui", TODAY),
    ]
    assert [one.sentence for one in in_order(asked)] == [
        "vieux retard", "retard", "joindre aujourd’hui", "faire aujourd’hui", "demain",
        "rubrique", "payer", "avis", "relire",
    ]  # fmt: skip


def test_what_is_alike_stays_as_the_rooms_said_it():
    asked = [due(f"rubrique {number}", rank=Rank.BLOCKS_PUBLICATION) for number in range(21)]
    assert in_order(asked) == asked


def test_a_long_list_shows_its_first_twelve_and_keeps_the_heading_of_the_others():
    found = agenda([due(f"retard {n}", TODAY - timedelta(days=20 - n)) for n in range(14)] + [due("relire")], TODAY)
    assert [(group.horizon, len(group.asked)) for group in found.first] == [(Horizon.LATE, 12)]
    assert [(group.horizon, len(group.asked)) for group in found.others] == [(Horizon.LATE, 2), (Horizon.ANY_DAY, 1)]
    assert found.hidden == 3


def test_money_is_never_in_the_fold():
    late = [due(f"retard {n}", TODAY - timedelta(days=20 - n)) for n in range(13)]
    found = agenda([*late, due("relire"), due("demander", rank=Rank.BLOCKS_PAYMENT)], TODAY)
    assert [one.sentence for group in found.first for one in group.asked][SHOWN:] == ["demander"]
    assert found.hidden == 2


def test_a_short_list_hides_nothing():
    assert agenda([], TODAY).first == ()
    assert agenda([due("relire")] * SHOWN, TODAY).hidden == 0


@given(ASKED)
def test_nothing_is_lost_and_no_heading_goes_back_in_time(asked):
    found = agenda(asked, TODAY)
    groups = [*found.first, *found.others]
    listed = [one for group in groups for one in group.asked]
    assert sorted(map(id, listed)) == sorted(map(id, asked))
    order = list(Horizon)
    distances = [order.index(group.horizon) for group in groups]
    assert distances == sorted(distances)
    assert all(horizon(one.due_on, TODAY) is group.horizon for group in groups for one in group.asked)
