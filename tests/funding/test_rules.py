"""What no situation may give: an amount without a dated set, a claim above its line, a doubt passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_plan.funding.computations import Computation, CrisisCase, Possible, Situation
from crisis_plan.funding.doubts import SENTENCES, doubt_sentence
from crisis_plan.funding.lines import ActionsOf2021, Doubt, FundingLine, Majoration
from crisis_plan.funding.rates import (
    AVENANT_2,
    BUILT_IN,
    LINES,
    PRINTED_TOTALS,
    PROVISION_2021,
    RateSet,
    in_force,
    rate_set_from,
    rate_set_json,
)
from crisis_plan.funding.rules import EARLY_CONTRACT, EXERCISE, NOT_RECOGNISED, SIZE_SILENT, SIZE_UNKNOWN, compute
from crisis_plan.organisations.rules import Size, SizeReason, SizeStanding
from tests.funding.situations import CONFIRMED, TODAY, Said, at_bound, recognised, sized

days = st.dates(date(2018, 1, 1), date(2035, 12, 31))
counts = st.none() | st.integers(0, 300)
said = st.builds(
    Said,
    answered_on=days,
    majoration=st.none() | st.sampled_from(Majoration),
    applies_from=st.none() | days,
)
sizes = st.sampled_from([SizeStanding(size, SizeReason.STATED) for size in Size])
standings = sizes | st.sampled_from([SizeStanding(None, SizeReason.SILENT), SizeStanding(None, SizeReason.UNKNOWN)])
situations = st.builds(
    Situation,
    standing=standings,
    inhabitants=st.sampled_from([40_000, 80_000, 175_000]),
    member_professionals=counts,
    member_structures=counts,
    has_early_contract=st.booleans(),
    joined_on=st.none() | days,
    actions_of_2021=st.none() | st.sampled_from(ActionsOf2021),
    first_plan_on=st.none() | days,
    answers=st.dictionaries(st.sampled_from(Doubt), said),
)
cases = st.none() | st.builds(CrisisCase, days, st.none() | days, st.booleans())
later_sets = st.builds(
    lambda on, percent: replace(AVENANT_2, key=str(on), in_force_from=on, majoration_percent=percent),
    st.dates(date(2024, 1, 1), date(2033, 1, 1)),
    st.integers(0, 20),
)
several_sets = st.lists(later_sets, max_size=3).map(lambda later: (*BUILT_IN, *later))


@given(st.sampled_from(FundingLine), situations, days, several_sets, cases)
def test_no_amount_without_a_matching_dated_set_or_the_provision(
    line: FundingLine, situation: Situation, on: date, sets: tuple[RateSet, ...], case: CrisisCase | None
) -> None:
    computed = compute(line, situation=situation, on=on, sets=sets, crisis=case)
    if computed.total_cents:
        assert computed.rate_set == (PROVISION_2021 if line is FundingLine.PROVISION_2021 else in_force(sets, on))
        assert computed.rate_set.in_force_from <= on or line is FundingLine.PROVISION_2021
        assert computed.refusal == ""
    else:
        assert computed.refusal
        assert not computed.steps


@given(st.sampled_from(FundingLine), situations, days, several_sets, cases)
def test_a_line_is_never_above_its_amount_but_by_the_confirmed_majoration_of_size_4(
    line: FundingLine, situation: Situation, on: date, sets: tuple[RateSet, ...], case: CrisisCase | None
) -> None:
    computed = compute(line, situation=situation, on=on, sets=sets, crisis=case)
    if not computed.rate_set or not computed.size:
        assert computed.total_cents == 0
        return
    base = computed.rate_set.amounts[line][computed.size] * 100
    more = computed.total_cents - base
    is_confirmed = computed.majoration is Majoration.CONFIRMED
    assert more == (base * computed.rate_set.majoration_percent // 100 if is_confirmed else 0)
    if is_confirmed:
        answer = situation.answers[Doubt.MAJORATION]
        assert computed.size is Size.T4
        assert (situation.members or 0) >= computed.rate_set.majoration_members
        assert answer.majoration is Majoration.CONFIRMED
        assert answer.applies_from is not None
        assert answer.applies_from <= on


@given(situations, days, cases)
def test_a_crisis_pays_only_a_recognised_crisis_of_a_cpts_that_wrote_a_plan(
    situation: Situation, on: date, case: CrisisCase | None
) -> None:
    computed = compute(FundingLine.CRISIS, situation=situation, on=on, sets=BUILT_IN, crisis=case)
    if computed.total_cents:
        assert case is not None
        assert case.recognised_on is not None
        assert not case.is_exercise
        assert situation.first_plan_on is not None
        assert computed.is_ceiling
        open_doubts = {Doubt.CRISIS_CEILING, Doubt.CRISIS_ONCE} - situation.answers.keys()
        assert open_doubts <= set(computed.doubts)


@given(days)
def test_the_set_in_force_is_the_latest_that_began(on: date) -> None:
    later = replace(AVENANT_2, key="later", in_force_from=date(2027, 1, 1))
    found = in_force((later, AVENANT_2), on)
    assert found == (later if on >= date(2027, 1, 1) else AVENANT_2 if on >= date(2022, 9, 3) else None)


def year_1(situation: Situation, on: date = TODAY) -> Computation:
    return compute(FundingLine.FIRST_WRITING, situation=situation, on=on, sets=BUILT_IN)


def crisis(situation: Situation, case: CrisisCase) -> Computation:
    return compute(FundingLine.CRISIS, situation=situation, on=TODAY, sets=BUILT_IN, crisis=case)


def test_the_rates_begin_on_3_september_2022() -> None:
    assert year_1(sized(Size.T1), date(2022, 9, 3)).total_cents == 2_500_000
    before = year_1(sized(Size.T1), date(2022, 9, 2))
    assert before.total_cents == 0
    assert before.refusal.startswith("Aucun barème ne couvre le 02/09/2022")


def test_our_sums_are_the_totals_that_the_congress_printed() -> None:
    amounts = AVENANT_2.amounts
    year_1_and_crisis = {
        size: amounts[FundingLine.FIRST_WRITING][size] + amounts[FundingLine.CRISIS][size] for size in Size
    }
    assert year_1_and_crisis == PRINTED_TOTALS


def test_an_update_is_half_of_the_first_writing_and_every_line_has_its_four_sizes() -> None:
    assert {line: list(by_size) for line, by_size in AVENANT_2.amounts.items()} == {line: list(Size) for line in LINES}
    for size in Size:
        assert AVENANT_2.amounts[FundingLine.UPDATE][size] * 2 == AVENANT_2.amounts[FundingLine.FIRST_WRITING][size]


@pytest.mark.parametrize(
    ("inhabitants", "possible"),
    [
        (40_000, [(Size.T1, 2_500_000), (Size.T2, 3_500_000)]),
        (80_000, [(Size.T2, 3_500_000), (Size.T3, 4_500_000)]),
        (175_000, [(Size.T3, 4_500_000), (Size.T4, 5_000_000)]),
    ],
)
def test_at_exactly_a_bound_both_amounts_are_shown_and_none_is_retained(
    inhabitants: int, possible: list[tuple[Size, int]]
) -> None:
    computed = year_1(at_bound(inhabitants))
    assert computed.refusal == SIZE_SILENT
    assert computed.doubts == (Doubt.SIZE_AT_BOUND,)
    assert computed.possible == tuple(Possible(size, cents) for size, cents in possible)
    assert computed.total_cents == 0


def test_an_answer_at_a_bound_is_printed_but_only_the_stated_size_settles_it() -> None:
    computed = year_1(at_bound(40_000, answers={Doubt.SIZE_AT_BOUND: Said(text="Taille 2.")}))
    assert computed.refusal == SIZE_SILENT
    assert "12/05/2026 (CPAM du Gard, courrier)\u00a0: Taille 2." in computed.notes[0]


def test_an_unknown_size_asks() -> None:
    assert year_1(sized(None)).refusal == SIZE_UNKNOWN


def test_an_exercise_never_counts_and_a_withdrawn_recognition_is_none() -> None:
    assert crisis(sized(Size.T2), CrisisCase(TODAY, TODAY, is_exercise=True)).refusal == EXERCISE
    assert crisis(sized(Size.T2), recognised(recognised_on=None)).refusal == NOT_RECOGNISED


def test_an_early_mission_contract_does_not_cover_the_mission() -> None:
    early = sized(Size.T2, has_early_contract=True)
    assert year_1(early).refusal == EARLY_CONTRACT
    assert crisis(early, recognised()).refusal == EARLY_CONTRACT


def test_the_doubts_of_a_crisis_stand_until_the_cpam_answers_them() -> None:
    asked = crisis(sized(Size.T2), recognised())
    assert asked.doubts == (Doubt.CRISIS_CEILING, Doubt.CRISIS_ONCE)
    answered = crisis(sized(Size.T2, answers={Doubt.CRISIS_ONCE: Said(text="Une fois par crise.")}), recognised())
    assert answered.doubts == (Doubt.CRISIS_CEILING,)
    assert answered.notes == (
        "Ligne de crise : par an ou par crise. Réponse de la CPAM du 12/05/2026 (CPAM du Gard, courrier)\u00a0: "
        "Une fois par crise.",
    )
    assert answered.total_cents == asked.total_cents == 5_250_000


@pytest.mark.parametrize(("after", "is_doubtful"), [(-1, False), (0, True), (1, True)])
def test_a_plan_that_is_not_older_than_the_crisis_warns_and_does_not_refuse(after: int, is_doubtful: bool) -> None:
    written_on = date(2026, 7, 1) + timedelta(days=after)
    computed = crisis(sized(Size.T2, first_plan_on=written_on), recognised(began_on=date(2026, 7, 1)))
    assert (Doubt.PLAN_AFTER_CRISIS in computed.doubts) is is_doubtful
    assert computed.total_cents == 5_250_000


MEMBERS = {"member_professionals": 90, "member_structures": 10}


@pytest.mark.parametrize(
    ("answer", "on", "state", "cents", "doubts"),
    [
        (None, TODAY, Majoration.TO_CONFIRM, 5_000_000, (Doubt.MAJORATION,)),
        (Said(majoration=Majoration.TO_CONFIRM), TODAY, Majoration.TO_CONFIRM, 5_000_000, (Doubt.MAJORATION,)),
        (Said(majoration=Majoration.NOT_APPLICABLE), TODAY, Majoration.NOT_APPLICABLE, 5_000_000, ()),
        (CONFIRMED[Doubt.MAJORATION], date(2024, 1, 1), Majoration.CONFIRMED, 5_500_000, ()),
        (CONFIRMED[Doubt.MAJORATION], date(2023, 12, 31), Majoration.NOT_APPLICABLE, 5_000_000, ()),
    ],
)
def test_the_majoration_has_three_states_and_counts_only_confirmed_and_not_before_its_day(
    answer: Said | None, on: date, state: Majoration, cents: int, doubts: tuple[Doubt, ...]
) -> None:
    answers = {Doubt.MAJORATION: answer} if answer else {}
    computed = year_1(sized(Size.T4, **MEMBERS, answers=answers), on)
    assert (computed.majoration, computed.total_cents, computed.doubts) == (state, cents, doubts)


def test_the_majoration_is_a_step_of_its_own() -> None:
    computed = year_1(sized(Size.T4, **MEMBERS, answers=CONFIRMED))
    assert [(step.label, step.cents) for step in computed.steps] == [
        ("Première rédaction du plan (année 1 de la mission), taille 4", 5_000_000),
        ("Majoration de 10\u00a0%, confirmée par la CPAM", 500_000),
    ]


def test_members_that_were_never_counted_give_no_majoration_and_say_so() -> None:
    computed = year_1(sized(Size.T4, answers=CONFIRMED))
    assert computed.total_cents == 5_000_000
    assert computed.notes == (
        "La majoration suppose au moins 100\u00a0membres\u00a0: leur nombre n’est pas renseigné, elle n’est pas comptée.",
    )


@pytest.mark.parametrize(
    ("joined_on", "actions", "cents", "doubts", "refusal"),
    [
        (date(2021, 12, 30), ActionsOf2021.UNPAID, 3_750_000, (Doubt.CRISIS_CEILING,), ""),
        (date(2021, 12, 31), ActionsOf2021.UNPAID, 3_750_000, (Doubt.JOINED_AT_BOUND, Doubt.CRISIS_CEILING), ""),
        (date(2022, 1, 1), ActionsOf2021.UNPAID, 0, (), "La CPTS a rejoint l’ACI le 01/01/2022, après le 31/12/2021."),
        (date(2020, 6, 1), ActionsOf2021.PAID, 0, (), "Les actions de crise de 2021 ont été payées autrement."),
        (date(2020, 6, 1), ActionsOf2021.NONE, 0, (), "La CPTS n’a pas mené d’action de crise en 2021."),
    ],
)
def test_the_provision_of_2021_has_its_own_conditions_and_asks_for_no_plan(
    joined_on: date, actions: ActionsOf2021, cents: int, doubts: tuple[Doubt, ...], refusal: str
) -> None:
    situation = sized(Size.T1, joined_on=joined_on, actions_of_2021=actions, first_plan_on=None)
    computed = compute(FundingLine.PROVISION_2021, situation=situation, on=TODAY, sets=())
    assert (computed.total_cents, computed.doubts, computed.refusal) == (cents, doubts, refusal)


def test_a_set_is_kept_whole() -> None:
    for one in (*BUILT_IN, PROVISION_2021):
        assert rate_set_from(rate_set_json(one)) == one


def test_every_doubt_is_said_and_none_as_settled() -> None:
    assert set(SENTENCES) == set(Doubt)
    for doubt in Doubt:
        sentence = doubt_sentence(doubt)
        assert any(word in sentence for word in ("ne dit pas", "ne disent pas", "n’est pas", "Aucun", "aucun")), (
            sentence
        )
