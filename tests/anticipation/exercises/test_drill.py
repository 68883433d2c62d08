"""A communications test: its calls are opened from the exercise, which shows what they measured."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from crisis_plan import clock
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.exercises import chapter, measures, queries
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.rules import ExerciseKind, Need, Standing
from crisis_plan.anticipation.exercises.tasks import untold_tasks
from crisis_plan.db import db
from crisis_plan.document.blocks import Row, Table, words
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls import operations as calls
from crisis_plan.pilotage.calls import queries as call_lists
from crisis_plan.pilotage.calls.models import CallList
from crisis_plan.pilotage.calls.rules import Channel, Outcome, Purpose
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory, CptsFactory

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
    assert "Preuve du test (PDF)" in page.links()
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


def closed_test(cpts: Cpts, *, at: datetime = NOON, reached: int = 1) -> CallList:
    """A test opened from the calls alone, and over."""
    people = [ContactFactory(cpts_id=cpts.id, family_name=name) for name in ("Évrard", "Faure")]
    by = AccountFactory()
    opened = calls.open_list(
        cpts,
        purpose=Purpose.TEST,
        title="Test impromptu",
        audience="Adhérents",
        contacts=people,
        channel=Channel.TELEPHONE,
        message="Ceci est un test.",
        by=by,
        at=at,
    )
    for line in opened.lines[:reached]:
        attempts.record_attempt(
            line, attempts.Report(Outcome.REACHED), seen_attempts=0, by=by, at=at + timedelta(minutes=5)
        )
    calls.close(opened, by=by, at=at + timedelta(hours=1))
    db.session.commit()
    return opened


def of_tests(cpts: Cpts) -> Standing:
    return next(one for one in queries.standings(cpts, TODAY) if one.kind is ExerciseKind.COMMUNICATIONS_TEST)


def test_a_test_opened_from_the_calls_counts_once_it_is_over(coordinator: Browser, cpts: Cpts) -> None:
    assert of_tests(cpts).need is Need.NEVER_DONE
    made = closed_test(cpts, at=NOON - timedelta(days=30))
    closed_test(CptsFactory())
    made.closed_at = None
    db.session.commit()
    assert (of_tests(cpts).need, queries.missing(cpts, TODAY)) == (Need.NEVER_DONE, (queries.EMPTY,))
    calls.close(made, by=AccountFactory(), at=NOON)
    db.session.commit()
    found = of_tests(cpts)
    assert (found.need, found.last_held_on) == (Need.UP_TO_DATE, date(2026, 10, 23))
    assert queries.missing(cpts, TODAY) == ()
    page = coordinator.get("cpts.exercises.index")
    assert "Dernier test de communication, le 23 octobre 2026 : 50 % de réponses (1 sur 2)" in page.text
    assert coordinator.open(page.links()["Ouvrir sa liste d’appel"]).status == 200
    assert [words(cell) for cell in held_rows(cpts)[0].cells[:3]] == [
        "Test de communication",
        "Test impromptu",
        "23/10/2026",
    ]
    assert "50\u00a0% de réponses (1 sur 2)" in words(held_rows(cpts)[0].cells[4])


def test_a_test_that_is_a_year_old_answers_to_nothing(cpts: Cpts) -> None:
    closed_test(cpts, at=NOON - timedelta(days=366))
    assert of_tests(cpts).need is Need.OVERDUE
    assert queries.missing(cpts, TODAY) == (queries.EMPTY,)


def test_the_day_of_a_test_is_that_of_the_clocks_of_its_cpts(cpts: Cpts) -> None:
    cpts.time_zone = "Indian/Reunion"
    closed_test(cpts, at=datetime(2026, 10, 31, 21, tzinfo=UTC))
    assert of_tests(cpts).last_held_on == date(2026, 11, 1)


def test_an_exercise_whose_calls_are_over_took_place_before_anybody_tells_of_it(
    coordinator: Browser, cpts: Cpts, drill: Exercise
) -> None:
    coordinator.post("cpts.exercises.open_test", TYPED, exercise_id=drill.id)
    call_list = call_lists.list_or_404(cpts, drill.call_list_id)
    page = coordinator.get("cpts.exercises.show", exercise_id=drill.id)
    assert page.texts("main .badge") == ["Date passée, à renseigner"]
    assert held_rows(cpts) == ()
    calls.close(call_list, by=coordinator.account, at=NOON + timedelta(hours=1))
    db.session.commit()
    page = coordinator.get("cpts.exercises.show", exercise_id=drill.id)
    assert page.texts("main .badge") == ["A eu lieu, à raconter"]
    assert "A eu lieu le 22 novembre 2026" in page.text
    outcome = coordinator.open(page.links()["Écrire le compte rendu"])
    assert outcome.html.select_one("#held_on")["value"] == "2026-11-22"  # type: ignore[index]
    assert "A eu lieu, à raconter" in coordinator.get("cpts.exercises.index").texts("#programme .badge")
    assert (of_tests(cpts).last_held_on, of_tests(cpts).planned_on) == (TODAY, None)
    (row,) = held_rows(cpts)
    assert words(row.cells[1]) == "Test d’automne"
    assert "0\u00a0% de réponses (0 sur 2)" in words(row.cells[4])
    (task,) = untold_tasks(queries.untold(cpts, TODAY))
    assert "a eu lieu le 22 novembre 2026" in task.sentence
    assert task.exercise_id == drill.id


def test_a_test_planned_later_and_held_early_is_planned_no_more(
    coordinator: Browser, cpts: Cpts, drill: Exercise
) -> None:
    drill.planned_on = TODAY + timedelta(days=20)
    db.session.commit()
    coordinator.post("cpts.exercises.open_test", TYPED, exercise_id=drill.id)
    assert of_tests(cpts).planned_on == drill.planned_on
    assert list(queries.untold(cpts, TODAY)) == []
    calls.close(call_lists.list_or_404(cpts, drill.call_list_id), by=AccountFactory(), at=NOON)
    db.session.commit()
    assert (of_tests(cpts).planned_on, of_tests(cpts).last_held_on) == (None, TODAY)
    assert [one.id for one in queries.untold(cpts, TODAY)] == [drill.id]
    assert planned_rows(cpts) == ()


def planned_rows(cpts: Cpts) -> tuple[Row, ...]:
    planned = chapter.summary(cpts, TODAY)[0]
    assert isinstance(planned, Table)
    return planned.rows


def held_rows(cpts: Cpts) -> tuple[Row, ...]:
    held = chapter.summary(cpts, TODAY)[1]
    assert isinstance(held, Table)
    return held.rows
