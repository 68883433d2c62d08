"""Sums over the years of the mission: nothing counted twice, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.funding.five_years import Dated, Money, Row, by_year, claimed_money
from crisis_plan.funding.lines import ClaimState, FundingLine
from crisis_plan.yearly_update.deadlines.rules import mission_years

START, TODAY = date(2023, 6, 1), date(2026, 11, 23)
YEARS = mission_years(START, TODAY)


@dataclass(frozen=True)
class Asked:
    """A claim, as money."""

    asked_cents: int | None
    agreed_cents: int | None = None
    paid_cents: int | None = None
    state: ClaimState = ClaimState.SUBMITTED


cents = st.integers(0, 10_000_000)
money = st.builds(Money, cents, cents, cents, cents)
dated = st.builds(
    Dated,
    st.builds(Row, st.sampled_from(FundingLine), st.just("Ligne"), money, st.booleans(), st.booleans()),
    st.none() | st.integers(1, 8),
    st.none() | st.dates(date(2021, 1, 1), date(2032, 1, 1)),
)


@given(st.lists(dated, max_size=12))
def test_the_years_hold_every_row_once(found: list[Dated]) -> None:
    years = by_year(found, YEARS, TODAY)
    assert sorted(row.money.asked for year in years for row in year.rows) == sorted(
        one.row.money.asked for one in found
    )
    assert sum((year.money for year in years), Money()) == sum((one.row.money for one in found), Money())
    assert [year.name for year in years[:5]] == [f"Année {number}" for number in range(1, 6)]
    assert [year.name for year in years if year.is_current] == ["Année 4"]


@given(cents, cents, cents, cents)
def test_a_bar_is_never_longer_than_what_it_stands_for(a: int, b: int, c: int, possible: int) -> None:
    paid, agreed, asked = sorted((a, b, c))
    drawn = Money(asked, agreed, paid, possible)
    assert drawn.widest == asked + possible
    assert all(part >= 0 for _kind, part in drawn.drawn)


def test_a_crisis_is_filed_in_the_year_of_its_day_and_what_is_older_apart() -> None:
    row = Row(FundingLine.CRISIS, "Feu", Money(possible=10), is_ceiling=True, is_outside=False)
    years = by_year([Dated(row, None, date(2024, 6, 1)), Dated(row, None, date(2021, 6, 1))], YEARS, TODAY)
    assert [year.name for year in years if year.rows] == ["Année 2", "Hors des années de la mission"]
    assert years[1].is_ceiling


def test_a_refused_claim_was_asked_and_brought_nothing() -> None:
    refused = Asked(4_500_000, 4_500_000, None, ClaimState.REFUSED)
    assert claimed_money(refused, 0) == Money(asked=4_500_000)
    assert claimed_money(Asked(4_500_000, 4_000_000, 3_000_000, ClaimState.PAID), 0) == Money(
        4_500_000, 4_000_000, 3_000_000
    )
    assert claimed_money(None, 2_250_000) == Money(possible=2_250_000)
