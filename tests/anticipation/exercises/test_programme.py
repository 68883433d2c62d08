from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from crisis_plan import clock, history
from crisis_plan.anticipation.exercises import chapter, operations, queries
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseLesson
from crisis_plan.anticipation.exercises.rules import ExerciseKind, Need
from crisis_plan.anticipation.exercises.tasks import untold_tasks
from crisis_plan.db import db
from crisis_plan.document.blocks import Table, words
from crisis_plan.organisations.models import Cpts
from tests.anticipation.exercises.factories import exercise
from tests.browser import Browser
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


TYPED = {"kind": "table_top", "title": "Canicule", "planned_on": "2026-12-15", "crisis_type": "ill"}


def titles(browser: Browser, **filters: str) -> list[str]:
    return browser.get("cpts.exercises.index", **filters).texts("#programme tbody th")


def test_an_exercise_is_planned_edited_and_told(coordinator: Browser) -> None:
    form = coordinator.get("cpts.exercises.add", nature="table_top")
    assert form.texts("#kind option[selected]") == ["Exercice sur table"]
    page = coordinator.submit(form, "main form", TYPED).follow()
    assert page.texts("h1") == ["Canicule"]
    assert page.texts("main .badge") == ["À venir"]
    assert "Malades, notamment personnes âgées ou enfants" in page.text
    made = db.session.scalars(sa.select(Exercise)).one()
    edit = coordinator.get("cpts.exercises.edit", exercise_id=made.id)
    coordinator.submit(edit, "main form", {"title": "Canicule en août", "planned_on": "2026-11-20"})
    page = coordinator.get("cpts.exercises.show", exercise_id=made.id)
    assert page.texts("main .badge") == ["Date passée, à renseigner"]
    outcome = coordinator.get("cpts.exercises.outcome", exercise_id=made.id)
    assert outcome.html.select_one("#held_on")["value"] == "2026-11-20"  # type: ignore[index]
    told = {"observed": "La clé manquait.", "lessons": "Un double de la clé\nL’annuaire"}
    page = coordinator.submit(outcome, "main form", told).follow()
    assert page.texts("main .badge") == ["A eu lieu"]
    assert page.texts("main ol.measure li > p:first-child") == ["Un double de la clé", "L’annuaire"]


def test_the_form_sent_twice_plans_once(coordinator: Browser) -> None:
    form = coordinator.get("cpts.exercises.add")
    first, second = (coordinator.submit(form, "main form", TYPED) for _ in range(2))
    assert first.location == second.location
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Exercise)) == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "", "Choisissez"),
        ("kind", "autre", "Choisissez une valeur de la liste"),
        ("title", " ", "Donnez un titre"),
        ("title", "x" * 161, "160 caractères au plus"),
        ("planned_on", "", "Indiquez la date prévue"),
        ("planned_on", "31/02/2027", "n’existe pas"),
        ("crisis_type", "zombie", "Choisissez une valeur de la liste"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(
    coordinator: Browser, field: str, value: str, said: str
) -> None:
    page = coordinator.post("cpts.exercises.create", {**TYPED, field: value})
    assert page.status == 422
    assert said in page.texts(f"#{field}-error")[0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Exercise)) == 0


def test_an_exercise_cannot_have_been_held_tomorrow(coordinator: Browser, cpts: Cpts) -> None:
    made = exercise(cpts)
    page = coordinator.post("cpts.exercises.save_outcome", {"held_on": "2026-11-23"}, exercise_id=made.id)
    assert page.status == 422
    assert "n’est pas encore passé" in page.texts("#held_on-error")[0]
    long = coordinator.post(
        "cpts.exercises.save_outcome", {"held_on": "2026-11-22", "lessons": "x" * 1001}, exercise_id=made.id
    )
    assert "coupez la plus longue en deux lignes" in long.texts("#lessons-error")[0]


def test_lessons_whose_words_stay_are_the_same_lessons(coordinator: Browser, cpts: Cpts) -> None:
    made = exercise(cpts)
    address = {"exercise_id": made.id}

    def tell(lessons: str) -> dict[str, object]:
        form = coordinator.get("cpts.exercises.outcome", **address)
        assert coordinator.submit(form, "main form", {"lessons": lessons}).status == 303
        rows = db.session.scalars(sa.select(ExerciseLesson).order_by(ExerciseLesson.position))
        return {row.text: row.id for row in rows}

    before = tell("Une\nDeux\nTrois")
    after = tell("Trois\nDeux bis\nUne\nQuatre")
    assert list(after) == ["Trois", "Deux bis", "Une", "Quatre"]
    assert (after["Trois"], after["Une"]) == (before["Trois"], before["Une"])
    assert after["Deux bis"] not in before.values()


def test_an_untouched_edit_changes_nothing(coordinator: Browser, cpts: Cpts) -> None:
    made = exercise(cpts, held_on=TODAY)
    for endpoint in ("edit", "outcome"):
        form = coordinator.get(f"cpts.exercises.{endpoint}", exercise_id=made.id)
        assert coordinator.submit(form, "main form").status == 303
    assert made.version == 1
    assert db.session.scalars(sa.select(history.HistoryEvent)).all() == []


@pytest.mark.parametrize("endpoint", ["edit", "outcome"])
def test_stale_writes_show_both_texts(referent: Browser, coordinator: Browser, cpts: Cpts, endpoint: str) -> None:
    made = exercise(cpts)
    mine = referent.get(f"cpts.exercises.{endpoint}", exercise_id=made.id)
    theirs = coordinator.get("cpts.exercises.edit", exercise_id=made.id)
    coordinator.submit(theirs, "main form", {"title": "Inondation", "objectives": "Rien oublier"})
    typed = {"title": "Neige"} if endpoint == "edit" else {"observed": "Trop long"}
    refused = referent.submit(mine, "main form", typed)
    assert refused.status == 409
    assert "a modifié cette page pendant votre saisie" in refused.text
    assert all(said in refused.text for said in typed.values())
    assert referent.submit(refused, "main form").status == 303


def test_a_cancelled_exercise_stays_and_can_come_back(coordinator: Browser, cpts: Cpts) -> None:
    made = exercise(cpts)
    confirm = coordinator.get("cpts.exercises.confirm_cancel", exercise_id=made.id)
    page = coordinator.submit(confirm, "main form").follow()
    assert page.texts("main .badge") == ["Annulé"]
    assert titles(coordinator) == ["Canicule"]
    page = coordinator.submit(page, 'main form[action$="remettre-au-programme"]').follow()
    assert page.texts("main .badge") == ["À venir"]
    operations.tell_outcome(made, operations.Outcome(TODAY), seen_version=made.version, by=AccountFactory(), at=NOON)
    db.session.commit()
    refused = coordinator.post("cpts.exercises.cancel", exercise_id=made.id)
    assert refused.status == 409
    assert "a eu lieu" in refused.text


def test_the_programme_is_read_by_year_and_kind(coordinator: Browser, cpts: Cpts) -> None:
    exercise(cpts, "Ancien", date(2025, 6, 1), held_on=date(2025, 6, 3), kind=ExerciseKind.LIVE)
    exercise(cpts, "Reporté", date(2025, 12, 31), held_on=date(2026, 1, 2))
    exercise(cpts, "Prochain", date(2027, 2, 1))
    exercise(CptsFactory(), "Ailleurs", date(2026, 3, 1))
    assert titles(coordinator) == ["Reporté"]
    assert titles(coordinator, annee="2025") == ["Ancien"]
    assert titles(coordinator, annee="2027", nature="table_top") == ["Prochain"]
    assert titles(coordinator, annee="2027", nature="live") == []
    assert titles(coordinator, annee="1515") == ["Reporté"]
    years = coordinator.get("cpts.exercises.index").texts("#filter-year option")
    assert years == ["2027", "2026", "2025"]
    fragment = coordinator.fragment("cpts.exercises.index", annee="2025")
    assert fragment.texts("tbody th") == ["Ancien"]


def test_a_long_year_comes_in_pages(coordinator: Browser, cpts: Cpts) -> None:
    for number in range(51):
        exercise(cpts, f"Formation {number:02}", kind=ExerciseKind.TRAINING)
    assert len(titles(coordinator)) == 50
    assert titles(coordinator, page="2") == ["Formation 50"]


def test_the_page_says_what_the_pace_asks_and_where_it_comes_from(coordinator: Browser, cpts: Cpts) -> None:
    exercise(cpts, kind=ExerciseKind.TABLE_TOP, held_on=TODAY - timedelta(days=400))
    exercise(cpts, kind=ExerciseKind.LIVE, planned_on=TODAY + timedelta(days=10))
    page = coordinator.get("cpts.exercises.index")
    assert page.texts("section:first-of-type tbody .badge") == [
        "Jamais fait", "En retard", "Programmé", "Sans rythme", "Sans rythme",
    ]  # fmt: skip
    assert "aucun rythme français pour les CPTS n’a été trouvé" in page.text
    assert "Ce n’est pas une obligation" in page.text


def test_each_cpts_chooses_its_pace(referent: Browser, coordinator: Browser, cpts: Cpts) -> None:
    mine, theirs = referent.get("cpts.exercises.paces"), coordinator.get("cpts.exercises.paces")
    assert coordinator.submit(theirs, "main form", {"table_top": "24", "live": ""}).status == 303
    found = {one.kind: one.months for one in queries.standings(cpts, TODAY)}
    assert [found[kind] for kind in ExerciseKind] == [6, 24, None, None, None]
    refused = referent.submit(mine, "main form", {"training": "12"})
    assert refused.status == 409
    assert "24\u00a0mois" in str(refused.html)
    assert referent.submit(refused, "main form").status == 303
    found = queries.paces(cpts)
    assert [found[kind] for kind in ExerciseKind] == [6, 12, 36, 12, None]
    assert queries.standings(CptsFactory(), TODAY)[1].months == 12


@pytest.mark.parametrize("months", ["0", "-3", "121", "souvent"])
def test_a_pace_is_a_number_of_months(coordinator: Browser, cpts: Cpts, months: str) -> None:
    page = coordinator.submit(coordinator.get("cpts.exercises.paces"), "main form", {"live": months})
    assert page.status == 422
    assert page.texts("#live-error")
    assert queries.paces(cpts)[ExerciseKind.LIVE] == 36


def test_something_planned_or_recent_answers_to_the_requirement(cpts: Cpts) -> None:
    exercise(CptsFactory(), planned_on=TODAY)
    exercise(cpts, planned_on=TODAY, cancelled_on=TODAY)
    exercise(cpts, planned_on=TODAY - timedelta(days=1))
    exercise(cpts, held_on=date(2025, 11, 21))
    assert queries.missing(cpts, TODAY) == (queries.EMPTY,)
    one = exercise(cpts, held_on=date(2025, 11, 22))
    assert queries.missing(cpts, TODAY) == ()
    one.held_on, one.planned_on = None, TODAY
    db.session.commit()
    assert queries.missing(cpts, TODAY) == ()


def test_a_day_that_has_passed_without_a_word_is_to_be_told(cpts: Cpts) -> None:
    late = exercise(cpts, "Neige", TODAY - timedelta(days=3))
    exercise(cpts, "Feu", TODAY - timedelta(days=3), cancelled_on=TODAY)
    exercise(cpts, "Eau", TODAY)
    (task,) = untold_tasks(queries.untold(cpts, TODAY))
    assert task.exercise_id == late.id
    assert "Neige" in task.sentence
    assert "19 novembre 2026" in task.sentence


def test_the_plan_prints_the_coming_year_and_the_last_of_each_kind(cpts: Cpts) -> None:
    exercise(cpts, "Premier", held_on=TODAY - timedelta(days=500))
    last = exercise(cpts, "Dernier", held_on=TODAY - timedelta(days=100))
    last.lessons = [ExerciseLesson(position=1, text="Une"), ExerciseLesson(position=2, text="Deux")]
    exercise(cpts, "Bientôt", TODAY + timedelta(days=5))
    exercise(cpts, "Trop loin", TODAY + timedelta(days=400))
    exercise(cpts, "Annulé", TODAY + timedelta(days=5), cancelled_on=TODAY)
    db.session.commit()
    planned, held = chapter.summary(cpts, TODAY)
    assert isinstance(planned, Table)
    assert isinstance(held, Table)
    assert [words(row.cells[2]) for row in planned.rows] == ["Bientôt"]
    assert [(words(row.cells[1]), words(row.cells[5])) for row in held.rows] == [("Dernier", "2")]


def test_another_cpts_and_its_documents_are_unknown(stranger: Browser, referent: Browser, cpts: Cpts) -> None:
    elsewhere = exercise(CptsFactory(), "Ailleurs")
    assert referent.get("cpts.exercises.show", exercise_id=elsewhere.id).status == 404
    assert referent.post("cpts.exercises.cancel", exercise_id=elsewhere.id).status == 404
    assert stranger.get("cpts.exercises.show", exercise_id=exercise(cpts).id).status == 404


def test_who_only_reads_is_offered_nothing_to_change(cell_member: Browser, cpts: Cpts) -> None:
    made = exercise(cpts)
    page = cell_member.get("cpts.exercises.show", exercise_id=made.id)
    assert "Modifier l’exercice" not in page.links()
    assert "Ajouter au programme" not in cell_member.get("cpts.exercises.index").links()
    assert cell_member.get("cpts.exercises.edit", exercise_id=made.id).status == 403


def test_standings_are_those_of_this_cpts_only(cpts: Cpts) -> None:
    exercise(CptsFactory(), kind=ExerciseKind.LIVE, held_on=TODAY)
    assert {one.need for one in queries.standings(cpts, TODAY)} == {Need.NEVER_DONE, Need.NO_PACE}
