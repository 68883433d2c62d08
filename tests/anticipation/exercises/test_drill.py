"""A communications test: its calls are opened from the exercise, which shows what they measured."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crisis_plan import clock
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.exercises import chapter, measures
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import db
from crisis_plan.document.blocks import Table, words
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls import operations as calls
from crisis_plan.pilotage.calls import queries as call_lists
from crisis_plan.pilotage.calls.rules import Outcome
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory

TYPED = {"audience": "profession", "profession": "Infirmier", "channel": "telephone", "message": "Ceci est un test."}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def drill(cpts: Cpts) -> Exercise:
    for name, profession in (("Alba", "Infirmier"), ("Bosc", "Infirmier"), ("Dumas", "Médecin")):
        ContactFactory(
            cpts_id=cpts.id,
            family_name=name,
            profession=profession,
            phones=[ContactPhone(position=0, number="+33465710000")],
        )
    return exercise(cpts, "Test d’automne", TODAY - timedelta(days=1), kind=ExerciseKind.COMMUNICATIONS_TEST)


def test_a_test_opens_one_call_list_and_shows_what_it_measured(
    coordinator: Browser, cpts: Cpts, drill: Exercise
) -> None:
    page = coordinator.get("cpts.exercises.show", exercise_id=drill.id)
    form = coordinator.open(page.links()["Ouvrir le test"])
    sent = coordinator.submit(form, "main form", TYPED)
    assert sent.location == coordinator.address("cpts.calls.show", list_id=drill.call_list_id)
    call_list = call_lists.list_or_404(cpts, drill.call_list_id)
    assert sorted(line.name for line in call_list.lines) == ["Camille ALBA", "Camille BOSC"]
    report = attempts.Report(Outcome.REACHED, comes=True)
    attempts.record_attempt(
        call_list.lines[0], report, seen_attempts=0, by=coordinator.account, at=NOON + timedelta(minutes=12)
    )
    calls.close(call_list, by=coordinator.account, at=NOON + timedelta(hours=1))
    db.session.commit()
    page = coordinator.get("cpts.exercises.show", exercise_id=drill.id)
    assert [one.replace("\u00a0", " ") for one in page.texts(".stat dd")] == ["50 %", "12 min", "non atteint", "1"]
    assert "Preuve du test (PDF, une page)" in page.links()
    assert "Dites qu’il a eu lieu le 22 novembre 2026" in page.links()
    outcome = coordinator.get("cpts.exercises.outcome", exercise_id=drill.id)
    assert outcome.html.select_one("#held_on")["value"] == "2026-11-22"  # type: ignore[index]
    coordinator.submit(outcome, "main form")
    held = chapter.summary(cpts, TODAY)[1]
    assert isinstance(held, Table)
    assert "50\u00a0% de réponses (1 sur 2), délai médian 12\u00a0min" in words(held.rows[0].cells[4])


def test_a_list_is_opened_once(coordinator: Browser, drill: Exercise) -> None:
    form = coordinator.get("cpts.exercises.prepare_test", exercise_id=drill.id)
    first, second = (coordinator.submit(form, "main form", TYPED) for _ in range(2))
    assert first.location == second.location
    again = coordinator.post("cpts.exercises.open_test", TYPED, exercise_id=drill.id)
    assert again.status == 409
    assert coordinator.get("cpts.exercises.prepare_test", exercise_id=drill.id).location == first.location


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("audience", "", "Choisissez une valeur de la liste"),
        ("profession", "", "Choisissez la profession"),
        ("profession", "Astronaute", "Personne ne répond à ce choix"),
        ("channel", "pigeon", "Choisissez"),
        ("message", "", "Écrivez ce qui sera dit"),
    ],
)
def test_what_is_missing_is_said_and_nothing_opens(
    coordinator: Browser, drill: Exercise, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.exercises.open_test", {**TYPED, field: value}, exercise_id=drill.id)
    assert page.status == 422
    assert said in page.text
    assert drill.call_list_id is None


def test_only_a_communications_test_opens_calls(coordinator: Browser, cpts: Cpts, drill: Exercise) -> None:
    made = exercise(cpts)
    assert "Ouvrir le test" not in coordinator.get("cpts.exercises.show", exercise_id=made.id).links()
    refused = coordinator.post("cpts.exercises.open_test", TYPED, exercise_id=made.id)
    assert refused.status == 409
    assert measures.measured(cpts, made) is None


def test_the_list_of_a_test_may_go_and_the_exercise_stays(coordinator: Browser, cpts: Cpts, drill: Exercise) -> None:
    coordinator.post("cpts.exercises.open_test", TYPED, exercise_id=drill.id)
    call_list = call_lists.list_or_404(cpts, drill.call_list_id)
    by = AccountFactory()
    calls.close(call_list, by=by, at=NOON)
    db.session.delete(call_list)
    db.session.commit()
    assert coordinator.get("cpts.exercises.show", exercise_id=drill.id).status == 200
    assert drill.call_list_id is None
