from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.referents.refusals import EndsBeforeItStarts, OwnDeputy, RankHeld, refuse_a_clash
from crisis_plan.anticipation.referents.rules import Gap, Rank, gaps, is_on_duty, is_past, is_to_come, overlap
from crisis_plan.anticipation.referents.wording import gap_in_words, gaps_in_words, holder_in_words, period_in_words

START = date(2026, 11, 22)


@dataclass(frozen=True)
class Person:
    name: str


@dataclass(frozen=True)
class Duty:
    rank: Rank
    starts_on: date
    ends_on: date | None = None
    contact_id: str = "dupuy"

    @property
    def contact(self) -> Person | None:
        return Person(self.contact_id.upper()) if self.contact_id else None

    @property
    def holder(self) -> str:
        return holder_in_words(self)


def titular(starts_on: date, ends_on: date | None = None, contact_id: str = "dupuy") -> Duty:
    return Duty(Rank.TITULAR, starts_on, ends_on, contact_id)


def deputy(starts_on: date, ends_on: date | None = None, contact_id: str = "nadal") -> Duty:
    return Duty(Rank.DEPUTY, starts_on, ends_on, contact_id)


def test_the_first_and_the_last_day_belong_to_the_duty() -> None:
    duty = titular(date(2026, 1, 1), date(2026, 1, 31))
    assert is_on_duty(duty, date(2026, 1, 1))
    assert is_on_duty(duty, date(2026, 1, 31))
    assert not is_on_duty(duty, date(2025, 12, 31))
    assert not is_on_duty(duty, date(2026, 2, 1))


def test_a_duty_is_past_the_day_after_its_last_day() -> None:
    duty = titular(date(2026, 1, 1), date(2026, 1, 31))
    assert not is_past(duty, date(2026, 1, 31))
    assert is_past(duty, date(2026, 2, 1))
    assert not is_past(titular(date(2020, 1, 1)), date(2026, 2, 1))
    assert is_to_come(duty, date(2025, 12, 31))
    assert not is_to_come(duty, date(2026, 1, 1))


def test_two_duties_that_share_one_day_overlap() -> None:
    first = titular(date(2026, 1, 1), date(2026, 1, 31))
    assert overlap(first, titular(date(2026, 1, 31)))
    assert not overlap(first, titular(date(2026, 2, 1)))
    assert overlap(titular(date(2020, 1, 1)), titular(date(2030, 1, 1)))


def test_days_without_a_deputy_are_said_in_words() -> None:
    duties = [deputy(date(2026, 1, 1), date(2026, 12, 31)), deputy(date(2027, 1, 15))]
    found = gaps(duties, Rank.DEPUTY, START, START + timedelta(days=365))
    assert found == (Gap(date(2027, 1, 1), date(2027, 1, 14)),)
    assert gap_in_words(Rank.DEPUTY, found[0]) == "Aucun suppléant du 1er au 14 janvier 2027."


def test_without_anyone_the_gap_has_no_end() -> None:
    assert gaps_in_words([titular(date(2020, 1, 1))], START) == ["Aucun suppléant à partir du 22 novembre 2026."]


def test_a_duty_that_ends_after_the_horizon_leaves_no_gap() -> None:
    duties = [titular(date(2026, 1, 1), date(2028, 1, 1)), deputy(date(2026, 1, 1), date(2028, 1, 1))]
    assert gaps_in_words(duties, START) == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2027, 1, 1), date(2027, 1, 14), "du 1er au 14 janvier 2027"),
        (date(2027, 1, 28), date(2027, 2, 3), "du 28 janvier au 3 février 2027"),
        (date(2026, 12, 28), date(2027, 1, 3), "du 28 décembre 2026 au 3 janvier 2027"),
        (date(2027, 5, 1), date(2027, 5, 1), "le 1er mai 2027"),
        (date(2027, 5, 1), None, "à partir du 1er mai 2027"),
    ],
)
def test_a_period_reads_like_french(starts_on: date, ends_on: date | None, words: str) -> None:
    assert period_in_words(titular(starts_on, ends_on)) == words


def test_there_is_one_titular_at_a_time_and_the_refusal_says_who() -> None:
    held = titular(date(2026, 1, 1), date(2026, 12, 31))
    with pytest.raises(RankHeld, match="DUPUY est déjà titulaire du 1er janvier au 31 décembre 2026"):
        refuse_a_clash([held], titular(date(2026, 12, 31), contact_id="nadal"))
    refuse_a_clash([held], titular(date(2027, 1, 1), contact_id="nadal"))
    refuse_a_clash([held], deputy(date(2026, 6, 1)))


def test_who_left_the_directory_still_held_the_rank() -> None:
    held = titular(date(2026, 1, 1), date(2026, 12, 31), contact_id="")
    with pytest.raises(RankHeld, match="Ancien titulaire est déjà titulaire du 1er janvier"):
        refuse_a_clash([held], titular(date(2026, 12, 31), contact_id="nadal"))


def test_nobody_is_their_own_deputy() -> None:
    held = titular(date(2026, 1, 1))
    with pytest.raises(OwnDeputy, match="choisissez quelqu’un d’autre comme suppléant"):
        refuse_a_clash([held], deputy(date(2026, 6, 1), contact_id="dupuy"))


def test_a_duty_does_not_end_before_it_starts() -> None:
    with pytest.raises(EndsBeforeItStarts):
        refuse_a_clash([], titular(date(2026, 2, 1), date(2026, 1, 31)))


DAYS = st.integers(min_value=-40, max_value=80).map(lambda offset: START + timedelta(days=offset))
PERIODS = st.tuples(st.sampled_from(Rank), DAYS, st.none() | st.integers(min_value=0, max_value=40)).map(
    lambda drawn: Duty(drawn[0], drawn[1], None if drawn[2] is None else drawn[1] + timedelta(days=drawn[2]))
)


@given(duties=st.lists(PERIODS, max_size=6), rank=st.sampled_from(Rank))
def test_a_day_is_in_a_gap_exactly_when_nobody_of_the_rank_is_on_duty(duties: list[Duty], rank: Rank) -> None:
    last = START + timedelta(days=60)
    found = gaps(duties, rank, START, last)
    for offset in range(61):
        day = START + timedelta(days=offset)
        is_covered = any(is_on_duty(duty, day) for duty in duties if duty.rank is rank)
        is_in_a_gap = any(is_on_duty(gap, day) for gap in found)
        assert is_in_a_gap is not is_covered
    assert all(one.ends_on and one.ends_on + timedelta(days=1) < other.starts_on for one, other in pairwise(found))
