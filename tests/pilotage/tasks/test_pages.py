"""The tasks of a crisis on screen: the list, a tick in one gesture, a word, the forms, the paper."""

import io
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.db import db
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import WRONG_CLOCK, Part
from crisis_plan.pilotage.tasks import queries
from crisis_plan.pilotage.tasks.rules import TaskState
from tests.crawl import visit
from tests.factories import NOON, CptsFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.pilotage.tasks.factories import a_task
from tests.statements import MOST_OF_A_PAGE

HOUR = timedelta(hours=1)
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """The clock stands still, but for tests that move it."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def crisis(referent):
    made = a_crisis(referent.cpts, referent.account)
    db.session.commit()
    return made


def index(browser, crisis, **filters):
    return browser.get("cpts.crisis_tasks.index", crisis_id=crisis.id, **filters)


def tick(browser, page, task, gesture="faite", **fields):
    return browser.submit(page, f"#tache-{task.id} form[action*={gesture}]", fields)


def told(crisis):
    return [entry.said.text.replace("\xa0", " ") for entry in logbook.newest(crisis)]


def kept(*rows):
    db.session.commit()
    return rows[0]


def test_the_list_says_in_words_what_is_late_and_whose_it_is(referent, crisis):
    function = a_function(crisis)
    a_shift(function, "Anne PETIT")
    a_task(crisis, "Appeler", function=function, due_at=NOON - HOUR)
    kept(a_task(crisis, "Compter", who="Infirmiers", care=CareKind.DIALYSIS, due_at=NOON + HOUR, is_first_hour=True))
    page = index(referent, crisis)
    assert page.texts(".task-text") == ["Appeler", "Compter"]
    assert page.texts(".task-about") == [
        "En retard de 1 h Liaison : Anne PETIT", "À faire avant 14:00 Infirmiers Soin : Dialyse Première heure"
    ]  # fmt: skip
    assert page.texts("#compte-taches dd") == ["1", "2", "0", "0"]


def test_a_tick_is_one_gesture_and_comes_back_to_the_list_as_it_was_narrowed(referent, crisis):
    task = kept(a_task(crisis))
    page = index(referent, crisis, etat="ouvertes")
    form = page.html.select_one(f"#tache-{task.id} form[action*=faite]")
    assert form.has_attr("data-outbox")
    assert form.select_one("[name=device_at]")["value"] == ""
    answer = tick(referent, page, task)
    assert answer.status == 303
    assert answer.location.endswith("/taches/?etat=ouvertes")
    assert "Faite : Appeler la mairie" in answer.follow().text.replace("\xa0", " ")
    assert (task.state, told(crisis)) == (TaskState.DONE, ["Faite : Appeler la mairie."])


def test_a_tick_says_so_at_once_on_the_spot_and_no_later_page_repeats_it(referent, crisis, monkeypatch):
    task, _ = a_task(crisis, "Appeler", due_at=NOON + HOUR), kept(a_task(crisis, "Compter", due_at=NOON + 2 * HOUR))
    db.session.commit()
    answer = referent._request(
        "POST", referent.address("cpts.crisis_tasks.tick", crisis_id=crisis.id, task_id=task.id, geste="faite"),
        data={"csrf_token": referent.csrf_token()}, **HTMX,
    )  # fmt: skip
    assert (answer.status, answer.texts("[data-arrived]")) == (200, ["Faite : Appeler"])
    page = index(referent, crisis)
    assert page.text.count("Faite : Appeler") == 0
    assert page.texts(".task-text") == ["Appeler", "Compter"]
    assert "Faite. Rouvrir : Appeler" in page.texts(f"#tache-{task.id}")[0]
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=1))
    assert index(referent, crisis).texts(".task-text") == ["Compter", "Appeler"]


def test_a_tick_of_the_crisis_page_comes_back_there(referent, crisis):
    task = kept(a_task(crisis))
    room = referent.get("cpts.room.show", crisis_id=crisis.id)
    answer = referent.submit(room, f"#tache-{task.id} form[action*=engagee]")
    assert answer.location == referent.address("cpts.room.show", crisis_id=crisis.id) + "#taches"
    assert task.state is TaskState.STARTED


def test_a_tick_sent_twice_or_after_someone_elses_is_accepted_and_says_who(referent, cell_member, crisis):
    task = kept(a_task(crisis))
    page = index(referent, crisis)
    tick(cell_member, index(cell_member, crisis), task)
    for gesture in ("faite", "faite", "engagee"):
        answer = tick(referent, page, task, gesture)
        assert answer.status == 303
        assert f"Cette tâche est déjà notée « Faite » par {cell_member.account.name}" in answer.follow().text
    assert len(told(crisis)) == 1


def test_a_tick_kept_by_a_device_carries_its_hour(referent, crisis, monkeypatch):
    task = kept(a_task(crisis))
    page = index(referent, crisis)
    monkeypatch.setattr(clock, "now", lambda: NOON + 2 * HOUR)
    fields = {"device_at": "2026-11-22T12:10:00.000Z"}
    for _ in range(2):
        assert tick(referent, page, task, **fields).status == 303
    (entry,) = logbook.newest(crisis)
    assert (entry.device_at, entry.happened_at) == (NOON + timedelta(minutes=10),) * 2
    assert entry.said.late_reason == "Saisie hors connexion"


IMPOSSIBLE = ("0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59-02:00", "2025-11-22T12:00:00Z")


@pytest.mark.parametrize("device_at", ["hier", "2026-11-22T12:00:00", *IMPOSSIBLE])
def test_a_device_whose_clock_says_nothing_is_not_believed(referent, crisis, device_at):
    task = kept(a_task(crisis))
    assert tick(referent, index(referent, crisis), task, device_at=device_at).status == 303
    entry = logbook.newest(crisis)[0]
    assert (entry.device_at, entry.happened_at) == (None, NOON)
    assert entry.said.late_reason == (WRONG_CLOCK if device_at in IMPOSSIBLE else "")


@pytest.mark.parametrize("device_at", IMPOSSIBLE)
def test_a_tick_of_a_wrong_clock_reaches_the_annex_of_a_closed_crisis(referent, crisis, device_at):
    task = kept(a_task(crisis))
    page = index(referent, crisis)
    crisis.closed_at = NOON
    db.session.commit()
    assert tick(referent, page, task, device_at=device_at).status == 303
    (entry,) = db.session.scalars(sa.select(LogbookEntry).where(LogbookEntry.crisis_id == crisis.id))
    assert (entry.part, entry.device_at) == (Part.ANNEX, None)


def test_a_tick_without_any_field_is_accepted(referent, crisis):
    task = kept(a_task(crisis))
    answer = referent.post(
        "cpts.crisis_tasks.tick", {"creation_key": "?"}, crisis_id=crisis.id, task_id=task.id, geste="faite"
    )
    assert (answer.status, task.state) == (303, TaskState.DONE)


def test_a_task_is_dropped_with_a_word(referent, crisis):
    task = kept(a_task(crisis))
    page = referent.get("cpts.crisis_tasks.show", crisis_id=crisis.id, task_id=task.id)
    refused = referent.submit(page, "main form", {"state": "dropped"})
    assert refused.status == 422
    assert "Dites en un mot pourquoi" in refused.text
    answer = referent.submit(refused, "main form", {"word": "La mairie a appelé"})
    assert answer.status == 303
    assert "La mairie a appelé" in answer.follow().text
    assert task.state is TaskState.DROPPED
    assert "La mairie a appelé" in index(referent, crisis).text


def test_what_was_ticked_meanwhile_is_said_before_a_word_overrides_it(referent, cell_member, crisis):
    task = kept(a_task(crisis))
    page = referent.get("cpts.crisis_tasks.show", crisis_id=crisis.id, task_id=task.id)
    tick(cell_member, index(cell_member, crisis), task)
    fields = {"state": "dropped", "word": "Plus utile"}
    answer = referent.submit(page, "main form", fields)
    assert answer.status == 409
    assert cell_member.account.name in answer.text
    assert 'value="Plus utile"' in answer.source
    again = referent.submit(answer, "main form")
    assert (again.status, task.state) == (303, TaskState.DROPPED)


def test_a_word_that_looks_like_a_patient_is_asked_about_once(referent, crisis):
    task = kept(a_task(crisis))
    page = referent.get("cpts.crisis_tasks.show", crisis_id=crisis.id, task_id=task.id)
    asked = referent.submit(page, "main form", {"state": "done", "word": "Vu 2 84 05 30 123 456 78"})
    assert (asked.status, "numéro de sécurité sociale" in asked.text) == (422, True)
    assert referent.submit(asked, "main form", {"is_nobody": "y"}).status == 303


def test_a_task_is_added_in_so_long_or_at_an_hour(referent, crisis):
    function = kept(a_function(crisis))
    page = referent.get("cpts.crisis_tasks.add", crisis_id=crisis.id)
    assert referent.submit(page, "main form", {}).status == 422
    both = referent.submit(page, "main form", {"text": "Rappeler", "within": "30", "due": "2026-11-22T18:00"})
    assert "l’un des deux" in both.text
    assert (
        referent.submit(page, "main form", {"text": "Rappeler", "within": "30", "function": str(function.id)}).status
        == 303
    )
    page = referent.get("cpts.crisis_tasks.add", crisis_id=crisis.id)
    assert (
        referent.submit(page, "main form", {"text": "Fermer", "due": "2026-11-22T18:00", "who": "Mairie"}).status == 303
    )
    found = [
        (row.task.text, row.task.function_id, row.task.who, row.task.due_at) for row in queries.everything(crisis, NOON)
    ]
    assert found == [
        ("Rappeler", function.id, "", NOON + timedelta(minutes=30)), ("Fermer", None, "Mairie", NOON + 5 * HOUR)
    ]  # fmt: skip


def test_a_task_added_twice_by_the_same_form_is_one(referent, crisis):
    page = referent.get("cpts.crisis_tasks.add", crisis_id=crisis.id)
    for _ in range(2):
        assert referent.submit(page, "main form", {"text": "Rappeler"}).status == 303
    assert len(queries.everything(crisis, NOON)) == 1


def test_two_who_reword_at_once_see_both_texts(referent, cell_member, crisis):
    task = kept(a_task(crisis, "Appeler", due_at=NOON + HOUR))
    address = {"crisis_id": crisis.id, "task_id": task.id}
    mine, theirs = (one.get("cpts.crisis_tasks.edit", **address) for one in (referent, cell_member))
    assert cell_member.submit(theirs, "main form", {"text": "Appeler le maire"}).status == 303
    conflict = referent.submit(mine, "main form", {"text": "Appeler la mairie"})
    assert conflict.status == 409
    assert "Appeler le maire" in conflict.text
    assert "Appeler la mairie" in conflict.source
    assert referent.submit(conflict, "main form").status == 303
    assert (task.text, task.due_at) == ("Appeler la mairie", NOON + HOUR)


def test_who_takes_a_function_inherits_its_tasks(referent, crisis):
    function = a_function(crisis)
    kept(a_task(crisis, "Appeler", function=function), a_task(crisis, "Autre"))
    empty = index(referent, crisis, qui="moi")
    assert "Vous ne tenez aucune fonction" in empty.text
    referent.post("cpts.crisis_functions.take", {"seen_version": 1}, crisis_id=crisis.id, function_id=function.id)
    mine = index(referent, crisis, qui="moi")
    assert mine.texts(".task-text") == ["Appeler"]
    assert referent.account.name in mine.texts(".task-about")[0]


def test_filters_of_the_address_that_mean_nothing_filter_nothing(referent, crisis):
    kept(a_task(crisis))
    page = index(referent, crisis, etat="x", soin="x", fonction="x", qui="x", page="x")
    assert page.texts(".task-text") == ["Appeler la mairie"]
    assert "Aucune tâche ne répond à ces filtres" in index(referent, crisis, etat="faites").text


def test_the_list_follows_what_is_written_and_what_becomes_late(referent, cell_member, crisis, monkeypatch):
    task = kept(a_task(crisis, due_at=NOON + HOUR))
    asked = index(referent, crisis, etat="ouvertes").html.select_one("[data-live]")["hx-get"]
    assert referent.open(asked, **HTMX).status == 204
    monkeypatch.setattr(clock, "now", lambda: NOON + HOUR)
    late = referent.open(asked, **HTMX)
    assert late.texts(".task-about .badge.urgent") == ["En retard de 0 min"]
    assert [one["id"] for one in late.html.select("[hx-swap-oob]")] == ["compte-taches", "taches"]
    assert late.html.select("#taches input:not([type=hidden]), #taches select, #taches textarea") == []
    asked = late.html.select_one("[data-live]")["hx-get"]
    assert referent.open(asked, **HTMX).status == 204
    tick(cell_member, index(cell_member, crisis), task)
    assert "Aucune tâche ne répond" in referent.open(asked, **HTMX).text


def test_a_closed_crisis_is_read_and_offers_no_form(referent, crisis):
    task = a_task(crisis)
    crisis.closed_at = NOON
    db.session.commit()
    page = index(referent, crisis)
    assert page.texts(".task-text") == ["Appeler la mairie"]
    assert page.html.select("main form[method=post], [data-live]") == []
    address = {"crisis_id": crisis.id, "task_id": task.id}
    assert referent.get("cpts.crisis_tasks.show", **address).html.select("main form") == []
    assert referent.get("cpts.crisis_tasks.edit", **address).status == 409
    assert referent.post("cpts.crisis_tasks.tick", geste="faite", **address).status == 409
    late = {"creation_key": str(uuid.uuid4()), "device_at": NOON.isoformat()}
    assert referent.post("cpts.crisis_tasks.tick", late, geste="faite", **address).status == 303


def test_a_task_of_another_crisis_or_cpts_is_nowhere(referent, crisis):
    elsewhere = a_task(a_crisis(CptsFactory(), referent.account))
    played = kept(a_task(a_crisis(referent.cpts, referent.account, mode=Mode.EXERCISE)))
    for task in (elsewhere, played):
        address = {"crisis_id": crisis.id, "task_id": task.id}
        assert referent.get("cpts.crisis_tasks.show", **address).status == 404
        assert referent.post("cpts.crisis_tasks.tick", geste="faite", **address).status == 404
    assert index(referent, crisis).texts(".task-text") == []


def test_the_list_of_150_tasks_is_paged_and_costs_the_same_as_one(referent, crisis):
    function = a_function(crisis)
    a_shift(function)
    kept(a_task(crisis, "Tâche 1", function=function, due_at=NOON + HOUR))
    address = referent.address("cpts.crisis_tasks.index", crisis_id=crisis.id)
    one = [visit(referent, f"{address}{asked}").statements for asked in ("", "?qui=moi")]
    for rank in range(2, 151):
        a_task(crisis, f"Tâche {rank}", position=rank, function=function, due_at=NOON + rank * HOUR)
    db.session.commit()
    many = [visit(referent, f"{address}{asked}").statements for asked in ("", "?qui=moi")]
    assert [len(sent) for sent in many] == [len(sent) for sent in one]
    assert max(len(sent) for sent in many) <= MOST_OF_A_PAGE
    assert len(index(referent, crisis).html.select(".task")) == 50
    assert index(referent, crisis, page=3).texts(".task-text")[-1] == "Tâche 150"


def test_the_list_prints_by_function_with_boxes(referent, crisis):
    function = a_function(crisis)
    a_shift(function, "Anne PETIT")
    a_task(crisis, "Appeler la mairie", function=function, due_at=NOON - HOUR)
    a_task(crisis, "Compter les dialysés", who="Infirmiers", care=CareKind.DIALYSIS)
    kept(a_task(crisis, "Déjà fait", state=TaskState.DONE))
    answer = referent.get("cpts.crisis_tasks.print_list", crisis_id=crisis.id)
    text = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    for said in (
        "Liaison : Anne PETIT",
        "Appeler la mairie",
        "Infirmiers",
        "Dialyse",
        "2 tâches restent ouvertes, 1 tâche faite",
    ):
        assert said in text
    assert "Déjà fait" not in text
    assert answer.response.headers["Cache-Control"] == "no-store"


def test_the_list_of_a_closed_crisis_names_who_held_each_function_at_its_closing(referent, crisis):
    function = a_function(crisis)
    a_shift(function, "Paul ROUX", NOON - 2 * HOUR, NOON - HOUR)
    a_shift(function, "Anne PETIT", NOON - HOUR, NOON)
    kept(a_task(crisis, function=function))
    crisis.closed_at = NOON
    db.session.commit()
    answer = referent.get("cpts.crisis_tasks.print_list", crisis_id=crisis.id)
    text = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "Liaison : Anne PETIT" in text
    assert "ROUX" not in text


def test_the_list_of_an_exercise_says_so_on_paper(referent):
    played = a_crisis(referent.cpts, referent.account, mode=Mode.EXERCISE)
    kept(a_task(played))
    answer = referent.get("cpts.crisis_tasks.print_list", crisis_id=played.id)
    assert "[EXERCICE]" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "EXERCICE_taches" in answer.response.headers["Content-Disposition"]
