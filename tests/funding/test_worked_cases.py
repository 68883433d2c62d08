"""The worked cases of the domain page (section 10), one line each, in its order."""

from __future__ import annotations

from datetime import date

import pytest

from crisis_plan.funding.advance import general_advance
from crisis_plan.funding.computations import Computation, CrisisCase, Situation
from crisis_plan.funding.lines import ActionsOf2021, Doubt, FundingLine
from crisis_plan.funding.rates import BUILT_IN
from crisis_plan.funding.rules import EARLY_CONTRACT, NO_PLAN, compute
from crisis_plan.organisations.rules import Size
from tests.funding.situations import CONFIRMED, TODAY, recognised, sized

YEAR_1, UPDATE, CRISIS, IN_2021 = FundingLine
RECOGNISED = recognised()
LATE_PLAN = {"first_plan_on": date(2026, 8, 1)}
JOINED_2020 = {"joined_on": date(2020, 6, 1), "actions_of_2021": ActionsOf2021.UNPAID, "first_plan_on": None}
OF_120 = {"member_professionals": 110, "member_structures": 10}
OF_99 = {"member_professionals": 90, "member_structures": 9}
OF_150 = {"member_professionals": 150}


def paid(line: FundingLine, situation: Situation, crisis: CrisisCase | None, year: int | None) -> Computation:
    return compute(line, situation=situation, on=TODAY, sets=BUILT_IN, crisis=crisis, mission_year=year)


@pytest.mark.parametrize(
    ("situation", "lines", "year", "crisis", "euros", "is_up_to", "doubts", "refusals"),
    [
        (sized(Size.T1), [YEAR_1], 1, None, 25_000, False, set(), []),
        (sized(Size.T3), [UPDATE], 4, None, 22_500, False, set(), []),
        (sized(Size.T3, first_plan_on=TODAY), [YEAR_1], 4, None, 45_000, False, set(), []),
        (sized(Size.T3), [UPDATE, CRISIS], 5, RECOGNISED, 90_000, True, set(), []),
        (sized(Size.T2), [YEAR_1, CRISIS], 1, RECOGNISED, 87_500, True, set(), []),
        (sized(Size.T2, first_plan_on=None), [CRISIS], 1, RECOGNISED, 0, True, set(), [NO_PLAN]),
        (sized(Size.T2, **LATE_PLAN), [CRISIS], 1, RECOGNISED, 52_500, True, {Doubt.PLAN_AFTER_CRISIS}, []),
        (sized(Size.T1, **JOINED_2020), [IN_2021], None, None, 37_500, True, set(), []),
        (
            sized(Size.T1, **JOINED_2020, has_early_contract=True),
            [IN_2021],
            None,
            None,
            0,
            True,
            set(),
            [EARLY_CONTRACT],
        ),
        (sized(Size.T4, **OF_120), [UPDATE], 2, None, 25_000, False, {Doubt.MAJORATION}, []),
        (sized(Size.T4, **OF_120, answers=CONFIRMED), [UPDATE], 2, None, 27_500, False, set(), []),
        (sized(Size.T4, **OF_99, answers=CONFIRMED), [UPDATE], 2, None, 25_000, False, set(), []),
        (sized(Size.T3, **OF_150, answers=CONFIRMED), [UPDATE], 2, None, 22_500, False, set(), []),
    ],
    ids=[
        "size 1, year 1",
        "size 3, mission year 4, no crisis",
        "size 3, contract year 4 but plan first written this year",
        "size 3, mission year 5, crisis recognised, plan exists",
        "size 2, mission year 1, crisis recognised after publication",
        "size 2, crisis recognised, no plan written at all",
        "size 2, crisis recognised, plan written after the crisis began",
        "size 1, joined 2020, crisis actions in 2021 not paid otherwise",
        "same, under a mission précoce contract",
        "size 4, 120 members, update, majoration not confirmed",
        "same, confirmed by the CPAM",
        "size 4, 99 members",
        "size 3, 150 members",
    ],
)
def test_each_worked_case_gives_what_the_domain_page_says(
    situation: Situation,
    lines: list[FundingLine],
    year: int | None,
    crisis: CrisisCase | None,
    euros: int,
    is_up_to: bool,
    doubts: set[Doubt],
    refusals: list[str],
) -> None:
    computed = [paid(line, situation, crisis, year) for line in lines]
    assert sum(one.total_cents for one in computed) == euros * 100
    assert any(one.is_ceiling for one in computed) is is_up_to
    of_every_crisis = {Doubt.CRISIS_CEILING, Doubt.CRISIS_ONCE}
    assert {doubt for one in computed for doubt in one.doubts} - of_every_crisis == doubts
    assert [one.refusal for one in computed if one.refusal] == refusals


def test_the_general_advance_of_73_days_before_the_anniversary_is_3_750_euros() -> None:
    advance = general_advance(2_500_000, starts_on=date(2026, 10, 20), anniversary_on=date(2027, 1, 1))
    assert (advance.days, advance.year_days) == (73, 365)
    assert advance.advance_cents == 375_000
