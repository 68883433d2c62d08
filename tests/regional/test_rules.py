"""When an update is due, and how that is said."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from crisis_plan.organisations.rules import MissionSource
from crisis_plan.publication.deadlines import Due, mission_year, update_due
from crisis_plan.regional.rules import PlanState, Standing, plan_standing

NOTHING_SAID = {
    "contract_signed_on": None,
    "amendment_signed_on": None,
    "deadlines_from": None,
    "mission_started_on": None,
}


def contract(**said):
    return SimpleNamespace(**NOTHING_SAID | said)


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2024, 9, 30), 0),
        (date(2024, 10, 1), 1),
        (date(2025, 9, 30), 1),
        (date(2025, 10, 1), 2),
        (date(2026, 11, 22), 3),
    ],
)
def test_mission_years_are_counted_from_the_start_of_the_mission(today, year):
    assert mission_year(date(2024, 10, 1), today) == year


def test_a_mission_begun_on_the_29th_of_february_has_years_too():
    assert mission_year(date(2024, 2, 29), date(2025, 2, 27)) == 1
    assert mission_year(date(2024, 2, 29), date(2025, 2, 28)) == 2


def test_the_update_is_due_12_months_after_the_last_publication():
    due = update_due(published_on=date(2026, 3, 1), mission_started_on=None, today=date(2026, 11, 22))
    assert due == Due(date(2027, 3, 1), "12 mois après la dernière publication")


def test_the_end_of_the_mission_year_comes_first_when_it_is_earlier():
    due = update_due(published_on=date(2026, 6, 1), mission_started_on=date(2025, 1, 10), today=date(2026, 11, 22))
    assert due == Due(date(2027, 1, 9), "fin de l’année 2 de la mission")


def test_the_publication_comes_first_when_it_is_earlier():
    due = update_due(published_on=date(2026, 3, 1), mission_started_on=date(2024, 10, 1), today=date(2026, 11, 22))
    assert due.on == date(2027, 3, 1)


def test_a_mission_that_has_not_begun_has_no_year():
    due = update_due(published_on=date(2026, 3, 1), mission_started_on=date(2026, 12, 1), today=date(2026, 11, 22))
    assert due.on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 28), PlanState.UP_TO_DATE),
        (date(2027, 2, 27), PlanState.UP_TO_DATE),
        (date(2027, 2, 28), PlanState.DUE_SOON),
        (date(2027, 4, 30), PlanState.DUE_SOON),
        (date(2027, 5, 1), PlanState.OVERDUE),
    ],
)
def test_a_plan_is_up_to_date_then_near_its_term_then_late(today, state):
    standing = plan_standing(contract(), published_on=date(2026, 4, 30), earlier_on=None, today=today)
    assert standing.state is state


def test_without_a_published_version_there_is_no_due_date_while_the_contract_is_not_said_to_count():
    def standing(earlier_on):
        return plan_standing(contract(), published_on=None, earlier_on=earlier_on, today=date(2026, 11, 22))

    assert standing(None) == Standing(PlanState.UNPUBLISHED)
    due = Due(date(2025, 5, 5), "12 mois après la version antérieure")
    assert standing(date(2024, 5, 5)) == Standing(PlanState.EARLIER_ONLY, due, is_late=True)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 6, 27), PlanState.UNPUBLISHED),
        (date(2026, 6, 28), PlanState.DUE_SOON),
        (date(2026, 8, 28), PlanState.DUE_SOON),
        (date(2026, 8, 29), PlanState.OVERDUE),
    ],
)
def test_a_first_plan_is_due_six_months_after_the_signature_that_counts(today, state):
    signed = contract(contract_signed_on=date(2026, 2, 28), deadlines_from=MissionSource.CONTRACT)
    due = Due(date(2026, 8, 28), "6 mois à compter de la signature du contrat, le 28 février 2026")
    expected = Standing(state, due)
    assert plan_standing(signed, published_on=None, earlier_on=None, today=today) == expected


def test_a_version_written_elsewhere_is_a_plan_that_is_written():
    signed = contract(contract_signed_on=date(2020, 1, 1), deadlines_from=MissionSource.CONTRACT)
    standing = plan_standing(signed, published_on=None, earlier_on=date(2026, 5, 1), today=date(2026, 11, 22))
    due = Due(date(2027, 5, 1), "12 mois après la version antérieure")
    assert standing == Standing(PlanState.EARLIER_ONLY, due)


def test_every_state_has_a_word_and_a_shape_of_its_own():
    assert len({state.label for state in PlanState}) == len({state.tone for state in PlanState}) == len(PlanState)
