"""« Bilans des crises et des exercices »: asked once something happened, met by what was drawn from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises.models import ExerciseLesson
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.plan import queries
from crisis_plan.plan.rules import Assessment, Standing
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.evaluation.debriefs.factories import a_debrief, a_programme_debrief
from tests.evaluation.loop.factories import validated
from tests.factories import TODAY, CptsFactory

REPORT_ON = TODAY + timedelta(days=56)
DAY_AFTER = REPORT_ON + timedelta(days=1)


@pytest.fixture
def account(referent: Browser) -> Account:
    assert referent.account
    return referent.account


def retex(cpts: Cpts, today: date = TODAY) -> Assessment:
    plan = queries.overview(cpts, today)
    return next(one for theme in plan.assessments.values() for one in theme if one.requirement.key == "retex")


def stands(cpts: Cpts, today: date = TODAY) -> tuple[Standing, tuple[str, ...], str]:
    found = retex(cpts, today)
    return found.standing, found.missing, found.not_yet


def tell(cpts: Cpts, kind: ExerciseKind = ExerciseKind.TABLE_TOP, *, observed: str = "", lesson: str = "") -> None:
    held = exercise(cpts, kind=kind, held_on=TODAY)
    held.observed = observed
    held.lessons = [ExerciseLesson(position=1, text=lesson)] if lesson else []
    db.session.commit()


def test_nothing_happened_nothing_is_asked(cpts: Cpts, account: Account) -> None:
    a_debrief(CptsFactory(slug="ailleurs"), account)
    exercise(cpts)
    assert stands(cpts, DAY_AFTER) == (Standing.LATER, (), "")


@pytest.mark.parametrize("mode", [Mode.REAL, Mode.EXERCISE])
def test_a_debrief_is_awaited_then_late_then_met(cpts: Cpts, account: Account, mode: Mode) -> None:
    total = queries.overview(cpts, TODAY).whole.total
    debrief = a_debrief(cpts, account, mode=mode)
    assert stands(cpts, REPORT_ON) == (Standing.LATER, (), "1\u00a0bilan est en cours d’écriture.")
    assert queries.overview(cpts, REPORT_ON).whole.total == total
    standing, (sentence,), _ = stands(cpts, DAY_AFTER)
    assert standing is Standing.MISSING
    assert sentence == f"Le bilan «\u00a0{debrief.subject}, Feu de forêt\u00a0» devait être validé le 17 janvier 2027."
    assert queries.overview(cpts, DAY_AFTER).whole.total == total + 1
    validated(debrief, account)
    assert stands(cpts, DAY_AFTER) == (Standing.MET, (), "")


def test_one_late_debrief_is_missed_beside_a_validated_one(cpts: Cpts, account: Account) -> None:
    validated(a_debrief(cpts, account), account)
    a_debrief(cpts, account, title="Canicule")
    assert stands(cpts) == (Standing.MET, (), "")
    assert [sentence for sentence in stands(cpts, DAY_AFTER)[1] if "Canicule" in sentence]


def test_an_exercise_that_was_told_is_enough(cpts: Cpts) -> None:
    tell(cpts)
    assert stands(cpts) == (Standing.LATER, (), "Un exercice a eu lieu\u00a0: son compte rendu reste à écrire.")
    tell(cpts, observed="La clé manquait.")
    assert stands(cpts) == (Standing.MET, (), "")


def test_a_lesson_alone_tells_an_exercise_too(cpts: Cpts) -> None:
    tell(cpts, ExerciseKind.COMMUNICATIONS_TEST, lesson="Un numéro était faux.")
    assert retex(cpts).standing is Standing.MET
    assert retex(cpts, TODAY - timedelta(days=1)).standing is Standing.LATER


def test_what_is_taught_is_no_exercise(cpts: Cpts) -> None:
    tell(cpts, ExerciseKind.TRAINING, observed="Trente personnes formées.")
    assert stands(cpts) == (Standing.LATER, (), "")


def test_the_debrief_of_a_programme_exercise_is_awaited_like_another(cpts: Cpts, account: Account) -> None:
    held = exercise(cpts, held_on=TODAY)
    held.observed = "La clé manquait."
    a_programme_debrief(cpts, account, held)
    assert retex(cpts).standing is Standing.MET
    assert retex(cpts, DAY_AFTER).standing is Standing.MISSING


def test_the_theme_says_what_is_under_way_and_leads_to_the_debriefs(
    cpts: Cpts, referent: Browser, account: Account
) -> None:
    a_debrief(cpts, account)
    page = referent.get("cpts.plan.show_theme", theme="evaluation")
    assert "1 bilan est en cours d’écriture." in page.text.replace("\u00a0", " ")
    assert page.links()["Ouvrir les bilans"] == "/cpts/uzege/bilans/"
    assert page.links()["Suivre les améliorations"] == "/cpts/uzege/ameliorations/"
    assert "1 bilan est en cours d’écriture." in referent.get("cpts.plan.show").text.replace("\u00a0", " ")
