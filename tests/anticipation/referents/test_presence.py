from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.anticipation.referents.presence import (
    DAYS_AHEAD,
    cover_of,
    days_ahead,
    days_without_anyone,
    doubt,
    nobody_in_words,
    periods,
)
from crisis_plan.anticipation.referents.rules import Rank, is_on_duty

TODAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Person:
    name: str
    phones: tuple[str, ...] = ("+33465710001",)
    verified_on: date | None = TODAY


@dataclass(frozen=True)
class Held:
    contact: Person
    rank: Rank
    starts_on: date = TODAY
    ends_on: date | None = None

    @property
    def contact_id(self) -> str:
        return self.contact.name


@dataclass(frozen=True)
class Away:
    contact_id: str
    starts_on: date
    ends_on: date


DUPUY, NADAL = Person("Camille DUPUY"), Person("Louise NADAL")
BOTH = (Held(DUPUY, Rank.TITULAR), Held(NADAL, Rank.DEPUTY))


def december(first: int, last: int, who: Person) -> Away:
    return Away(who.name, date(2026, 12, first), date(2026, 12, last))


def test_no_day_is_without_anyone_while_one_of_them_is_there() -> None:
    days = days_ahead(BOTH, [december(5, 9, DUPUY), december(10, 20, NADAL)], TODAY)
    assert len(days) == DAYS_AHEAD
    assert nobody_in_words(days) == []
    assert "".join(day.mark for day in days[:21]) == "TTTTSSSSSTTTTTTTTTTTT"


def test_the_days_on_which_both_are_away_are_named() -> None:
    days = days_ahead(BOTH, [december(20, 26, DUPUY), december(24, 31, NADAL)], TODAY)
    assert nobody_in_words(days) == ["Aucun référent joignable du 24 au 26 décembre 2026."]


def test_one_day_and_the_days_after_the_last_duty_are_named_too() -> None:
    ended = (Held(DUPUY, Rank.TITULAR, ends_on=date(2027, 1, 27)),)
    assert nobody_in_words(days_ahead(ended, [december(3, 3, DUPUY)], TODAY)) == [
        "Aucun référent joignable le 3 décembre 2026.",
        "Aucun référent joignable du 28 au 29 janvier 2027.",
    ]


def test_someone_without_a_telephone_does_not_answer() -> None:
    mute = (Held(Person("Sans TÉLÉPHONE", phones=()), Rank.TITULAR),)
    cover = cover_of(mute, [], TODAY)
    assert (cover.answering, cover.said, cover.tone, cover.mark) == (None, "Personne", "urgent", "!")
    assert doubt(mute[0], TODAY) == "Sans TÉLÉPHONE, référent titulaire, n’a pas de téléphone dans l’annuaire."


def test_who_is_absent_is_called_last() -> None:
    cover = cover_of(BOTH, [december(1, 1, DUPUY)], TODAY)
    assert [rank for rank, _ in cover.call_order] == [Rank.DEPUTY, Rank.TITULAR]
    assert [rank for rank, _ in cover_of(BOTH, [], TODAY).call_order] == [Rank.TITULAR, Rank.DEPUTY]


@pytest.mark.parametrize(
    ("verified_on", "is_doubtful"),
    [(TODAY, False), (date(2026, 6, 2), False), (date(2026, 6, 1), True), (date(2026, 5, 31), True), (None, True)],
)
def test_a_contact_is_sure_for_six_months(verified_on: date | None, is_doubtful: bool) -> None:
    duty = Held(Person("Aline FAURE", verified_on=verified_on), Rank.DEPUTY)
    said = "Les coordonnées d’Aline FAURE, référent suppléant, n’ont pas été vérifiées depuis 6 mois."
    assert doubt(duty, TODAY) == (said if is_doubtful else "")


absent = st.builds(
    lambda who, first, length: Away(who, TODAY + timedelta(first), TODAY + timedelta(first + length)),
    st.sampled_from([DUPUY.name, NADAL.name]),
    st.integers(-5, 70),
    st.integers(0, 30),
)


@given(st.lists(absent, max_size=6))
def test_periods_and_gaps_tell_exactly_the_sixty_days(absences: list[Away]) -> None:
    days = days_ahead(BOTH, absences, TODAY)
    told = list(periods(days))
    assert sum((one.ends_on - one.starts_on).days + 1 for one in told) == DAYS_AHEAD
    for day in days:
        (period,) = [one for one in told if one.starts_on <= day.starts_on <= one.ends_on]
        assert period.held_by == day.held_by
        is_named = any(is_on_duty(gap, day.starts_on) for gap in days_without_anyone(days))
        both_away = {one.contact_id for one in absences if is_on_duty(one, day.starts_on)} == {DUPUY.name, NADAL.name}
        assert is_named == both_away
