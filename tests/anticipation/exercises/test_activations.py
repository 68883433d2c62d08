"""A real crisis replaces the live exercise of the pace only once its lessons are drawn (domain, section 8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises import queries
from crisis_plan.anticipation.exercises.rules import ExerciseKind, Need, Standing
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.improvements import operations as improvements
from crisis_plan.evaluation.improvements import queries as queries_of_improvements
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Charge, Owner
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief
from tests.evaluation.loop.factories import found, refused, validated
from tests.factories import NOON, TODAY, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements

CALLED = "Activation réelle\u00a0: Crise n°\u00a01, Feu de forêt"


@pytest.fixture
def account(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def live(cpts: Cpts, today: date = TODAY) -> Standing:
    return next(one for one in queries.standings(cpts, today) if one.kind is ExerciseKind.LIVE)


def last_live(cpts: Cpts) -> list[tuple[str, date]]:
    return [(one.title, one.day) for one in queries.last_held(cpts, TODAY) if one.kind is ExerciseKind.LIVE]


def learnt(cpts: Cpts, account: Account) -> Debrief:
    """The debrief of a real crisis, validated, with an improvement."""
    debrief = a_debrief(cpts, account)
    found(debrief, account)
    return validated(debrief, account)


def test_an_activation_counts_once_its_lessons_are_drawn(cpts: Cpts, account: Account) -> None:
    learnt(cpts, account)
    standing = live(cpts)
    assert (standing.last_held_on, standing.due_on, standing.need) == (TODAY, date(2029, 11, 22), Need.UP_TO_DATE)
    assert standing.replaced_by == CALLED
    assert last_live(cpts) == [(CALLED, TODAY)]
    assert live(cpts, TODAY - timedelta(days=1)).need is Need.NEVER_DONE


def test_it_does_not_count_before_it_is_validated(cpts: Cpts, account: Account) -> None:
    found(a_debrief(cpts, account), account)
    assert (live(cpts).need, last_live(cpts)) == (Need.NEVER_DONE, [])


def test_it_does_not_count_without_an_improvement_that_was_kept(cpts: Cpts, account: Account) -> None:
    debrief = a_debrief(cpts, account)
    refused(debrief, account)
    validated(debrief, account)
    assert (live(cpts).need, last_live(cpts)) == (Need.NEVER_DONE, [])


def test_once_it_counts_a_later_refusal_does_not_undo_it(cpts: Cpts, cell_member: Browser, account: Account) -> None:
    learnt(cpts, account)
    one = queries_of_improvements.improvements(cpts)[0]
    refuse_later(one, account)
    assert (live(cpts).need, last_live(cpts)) == (Need.UP_TO_DATE, [(CALLED, TODAY)])
    page = cell_member.get("cpts.exercises.index")
    assert "Compte comme exercice en conditions réelles" in page.text
    assert "Depuis sa validation, de ses améliorations, plus aucune n’est retenue." in page.text


def test_what_was_refused_at_its_validation_counts_for_nothing_even_taken_up_later(
    cpts: Cpts, cell_member: Browser, account: Account
) -> None:
    debrief = a_debrief(cpts, account)
    made = refused(debrief, account)
    validated(debrief, account)
    charge, later = Charge(Owner(name="Anne Roux"), TODAY), NOON + timedelta(days=1)
    improvements.move(made, ImprovementState.OPEN, "", charge=charge, seen_version=1, by=account, at=later)
    db.session.commit()
    assert live(cpts).need is Need.NEVER_DONE
    page = cell_member.get("cpts.exercises.index")
    assert "Ne compte pas encore : aucune amélioration n’était retenue à sa validation" in page.text


def refuse_later(one: Improvement, by: Account) -> None:
    later = NOON + timedelta(days=1)
    improvements.move(one, ImprovementState.REFUSED, "Trop cher.", seen_version=one.version, by=by, at=later)
    db.session.commit()


def test_a_withdrawn_finding_teaches_nothing(cpts: Cpts, account: Account) -> None:
    debrief = a_debrief(cpts, account)
    made = found(debrief, account)
    finding = next(one for one in debrief.findings if one.id == made.finding_id)
    finding.withdrawn_at = NOON
    db.session.commit()
    validated(debrief, account)
    assert live(cpts).need is Need.NEVER_DONE


def test_an_exercise_counts_for_what_it_was(cpts: Cpts, account: Account) -> None:
    played = a_debrief(cpts, account, mode=Mode.EXERCISE)
    of_the_programme = a_programme_debrief(cpts, account)
    for debrief in (played, of_the_programme):
        found(debrief, account)
        validated(debrief, account)
    assert (live(cpts).need, last_live(cpts)) == (Need.NEVER_DONE, [])


def test_the_activation_of_another_cpts_counts_for_it_alone(cpts: Cpts, account: Account) -> None:
    learnt(CptsFactory(slug="ailleurs"), account)
    assert live(cpts).need is Need.NEVER_DONE


def test_a_later_live_exercise_is_the_last_one(cpts: Cpts, account: Account) -> None:
    learnt(cpts, account)
    exercise(cpts, "Évacuation", held_on=TODAY, kind=ExerciseKind.LIVE)
    assert (live(cpts).replaced_by, live(cpts).last_held_on) == ("", TODAY)


def test_the_programme_says_which_activation_counts_and_why_another_does_not(
    cpts: Cpts, cell_member: Browser, account: Account
) -> None:
    assert "Activations réelles" not in cell_member.get("cpts.exercises.index").texts("main h3")
    debrief = learnt(cpts, account)
    a_debrief(cpts, account, title="Canicule")
    page = cell_member.get("cpts.exercises.index")
    assert page.links()["Crise n° 1, Feu de forêt"].endswith(f"/bilans/{debrief.id}")
    said = page.texts("#pace ~ ul .badge, section[aria-labelledby=pace] ul .badge")
    assert "Compte comme exercice en conditions réelles" in said
    assert "Ne compte pas encore : bilan à valider, aucune amélioration n’est décidée à partir de ses constats" in said
    assert "Activation réelle : Crise n° 1, Feu de forêt" in page.text.replace("\u00a0", " ")


def test_the_page_costs_the_same_for_one_activation_and_for_three(
    cpts: Cpts, cell_member: Browser, account: Account
) -> None:
    def cost() -> int:
        with counted_statements() as sent:
            assert cell_member.get("cpts.exercises.index").status == 200
        assert len(sent) <= MOST_OF_A_PAGE, "\n".join(sent)
        return len(sent)

    learnt(cpts, account)
    of_one = cost()
    for title in ("Canicule", "Inondation"):
        found(a_debrief(cpts, account, title=title), account)
    assert cost() == of_one
