"""A lesson of an exercise becomes an improvement, and says so."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.exercises import chapter
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseLesson
from crisis_plan.db import db
from crisis_plan.document.blocks import Table
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.rules import Origin
from crisis_plan.organisations.models import Cpts
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser, Page
from tests.factories import TODAY, CptsFactory
from tests.statements import MOST_OF_A_PAGE, counted_statements

DECIDE = "En faire une amélioration"


def held(cpts: Cpts, *lessons: str) -> Exercise:
    made = exercise(cpts, held_on=TODAY)
    made.lessons = [ExerciseLesson(position=rank, text=text) for rank, text in enumerate(lessons, start=1)]
    db.session.commit()
    return made


def decide(browser: Browser, page: Page, text: str) -> Improvement:
    assert browser.account
    typed = {"text": text, "owner_choice": str(browser.account.id), "due_on": "2099-03-01"}
    answer = browser.submit(page, fields=typed)
    assert answer.status == 303, answer.text
    return db.session.scalars(sa.select(Improvement).order_by(Improvement.number.desc())).first()  # type: ignore[return-value]


def test_each_lesson_shows_its_improvement_or_the_way_to_decide_it(cell_member: Browser, cpts: Cpts) -> None:
    told = held(cpts, "Un double de la clé", "L’annuaire")
    page = cell_member.get("cpts.exercises.show", exercise_id=told.id)
    first = page.links()[f"{DECIDE} de la leçon n° 1"]
    form = cell_member.open(first)
    assert "Exercice sur table\u00a0: Canicule, leçon n°\u00a01" in form.source
    assert form.texts("blockquote") == ["Un double de la clé"]
    made = decide(cell_member, form, "Faire faire un double de la clé")
    assert (made.origin, made.exercise_id, made.lesson_id) == (Origin.EXERCISE, told.id, told.lessons[0].id)
    assert made.origin_words == "Exercice sur table\u00a0: Canicule, leçon n°\u00a01"
    page = cell_member.get("cpts.exercises.show", exercise_id=told.id)
    assert [link for link in page.links() if link.startswith(DECIDE)] == [f"{DECIDE} de la leçon n° 2"]
    assert page.links()["Amélioration n° 1"].endswith(f"/ameliorations/{made.id}/")


def test_what_came_of_a_lesson_said_otherwise_stays_on_the_page(cell_member: Browser, cpts: Cpts) -> None:
    told = held(cpts, "Un double de la clé")
    form = cell_member.get("cpts.improvements.new", lecon=told.lessons[0].id)
    made = decide(cell_member, form, "Faire faire un double")
    told.lessons = [ExerciseLesson(position=1, text="Deux doubles de la clé")]
    db.session.commit()
    page = cell_member.get("cpts.exercises.show", exercise_id=told.id)
    assert "Autres améliorations de cet exercice" in page.texts("main h3")
    assert "Amélioration n° 1" in page.links()
    assert f"{DECIDE} de la leçon n° 1" in page.links()
    assert made.origin_words.endswith("leçon n°\u00a01")


def test_a_refused_form_keeps_where_it_comes_from(cell_member: Browser, cpts: Cpts) -> None:
    told = held(cpts, "Un double de la clé")
    refused = cell_member.submit(
        cell_member.get("cpts.improvements.new", lecon=told.lessons[0].id), fields={"text": ""}
    )
    assert (refused.status, refused.texts("blockquote")) == (422, ["Un double de la clé"])
    assert decide(cell_member, refused, "Un double").lesson_id == told.lessons[0].id


@pytest.mark.parametrize("typed", ["x", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_no_lesson_is_not_found(cell_member: Browser, typed: str) -> None:
    assert cell_member.get("cpts.improvements.new", lecon=typed).status == 404
    assert cell_member.get("cpts.improvements.new", avis=typed).status == 404


def test_a_lesson_of_another_cpts_is_not_found(cell_member: Browser) -> None:
    theirs = held(CptsFactory(), "Leur secret").lessons[0]
    assert cell_member.get("cpts.improvements.new", lecon=theirs.id).status == 404


def test_the_page_costs_the_same_for_one_lesson_and_for_three(cell_member: Browser, cpts: Cpts) -> None:
    def cost(told: Exercise) -> int:
        for lesson in told.lessons:
            decide(cell_member, cell_member.get("cpts.improvements.new", lecon=lesson.id), f"Faire {lesson.text}")
        with counted_statements() as sent:
            assert cell_member.get("cpts.exercises.show", exercise_id=told.id).status == 200
        assert len(sent) <= MOST_OF_A_PAGE
        return len(sent)

    assert cost(held(cpts, "Un")) == cost(held(cpts, "Un", "Deux", "Trois"))


def test_the_plan_prints_the_lessons_of_what_was_told(cpts: Cpts) -> None:
    assert chapter.lessons(cpts, TODAY) == ()
    held(cpts, "Un double de la clé", "L’annuaire")
    exercise(cpts, "À venir")
    held(CptsFactory(), "Leur secret")
    (table,) = chapter.lessons(cpts, TODAY)
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [
        ("Exercice sur table\u00a0: Canicule", "22/11/2026", "Un double de la clé"),
        ("Exercice sur table\u00a0: Canicule", "22/11/2026", "L’annuaire"),
    ]
