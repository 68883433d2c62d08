"""Tasks made from the cards, ticked once, late or twice, reworded, counted: the logbook tells each change."""

import uuid
from datetime import timedelta

import pytest

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.db import db
from crisis_plan.errors import Stale
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crisis_cell.models import CellFunction
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind, Part
from crisis_plan.pilotage.tasks import operations, queries, ticks
from crisis_plan.pilotage.tasks.operations import TaskDescription
from crisis_plan.pilotage.tasks.rows import Counts, Filters
from crisis_plan.pilotage.tasks.rules import Shown, TaskState
from crisis_plan.pilotage.tasks.ticks import Tick, WordNeeded
from tests.factories import NOON, AccountFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.pilotage.tasks.factories import a_card, a_task

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DONE, STARTED, DROPPED, TO_DO = TaskState.DONE, TaskState.STARTED, TaskState.DROPPED, TaskState.TO_DO


@pytest.fixture
def by(app):
    return AccountFactory(name="Claire Vidal")


@pytest.fixture
def other(app):
    return AccountFactory(name="Paul Roux")


@pytest.fixture
def crisis(cpts, by):
    return a_crisis(cpts, by)


def told(crisis):
    return [(entry.kind, entry.said.text.replace("\xa0", " ")) for entry in logbook.newest(crisis)]


def texts(rows):
    return [row.task.text for row in rows]


def test_each_step_of_the_cards_is_a_task_due_from_t(cpts, crisis, by):
    of_cell = CellFunction(cpts_id=cpts.id, position=1, name="Liaison")
    db.session.add(of_cell)
    db.session.flush()
    here = a_function(crisis, "Liaison", cell_function_id=of_cell.id)
    first = a_card(
        cpts,
        "Première heure",
        {"text": "Appeler le SAMU", "function": of_cell, "delay_minutes": 15, "proof": "Heure notée"},
    )
    second = a_card(
        cpts,
        "Continuité",
        {"text": "Compter les dialysés", "who": "Infirmiers", "phase": Phase.CONTINUITY, "care": CareKind.DIALYSIS},
    )
    assert operations.from_cards(crisis, [first, second], by=by, at=NOON + 5 * MINUTE) == 2
    samu, dialysis = (row.task for row in queries.everything(crisis, NOON))
    assert (samu.function_id, samu.who, samu.due_at, samu.proof, samu.is_first_hour, samu.card_title) == (
        here.id, "", NOON + 15 * MINUTE, "Heure notée", True, "Première heure"
    )  # fmt: skip
    assert (dialysis.function_id, dialysis.who, dialysis.due_at, dialysis.care, dialysis.is_first_hour) == (
        None, "Infirmiers", None, CareKind.DIALYSIS, False
    )  # fmt: skip
    text = (
        "2 tâches créées depuis 2 fiches actions : Première heure, Continuité. "
        "Les délais comptent à partir du 22/11/2026 à 13:00."
    )
    assert told(crisis) == [(EntryKind.INFORMATION, text)]
    assert samu.entry_number == 1
    assert texts(queries.first_hour(crisis, NOON)) == ["Appeler le SAMU"]


def test_cards_taken_out_again_add_only_what_is_new_from_that_moment(cpts, crisis, by):
    card = a_card(cpts, "Première heure", {"text": "Appeler le SAMU", "delay_minutes": 15})
    operations.from_cards(crisis, [card], by=by, at=NOON)
    assert operations.from_cards(crisis, [card], by=by, at=NOON + HOUR) == 0
    assert len(told(crisis)) == 1
    more = a_card(cpts, "Activation totale", {"text": "Ouvrir le gymnase", "delay_minutes": 30})
    assert operations.from_cards(crisis, [card, more], by=by, at=NOON + 2 * HOUR) == 1
    rows = {row.task.text: row.task for row in queries.everything(crisis, NOON)}
    assert rows["Ouvrir le gymnase"].due_at == NOON + 2 * HOUR + 30 * MINUTE
    assert rows["Ouvrir le gymnase"].position == 2


def test_a_step_whose_card_is_taken_off_the_plan_stays_a_task(cpts, crisis, by):
    card = a_card(cpts, "Première heure", {"text": "Appeler le SAMU"})
    operations.from_cards(crisis, [card], by=by, at=NOON)
    db.session.delete(card)
    db.session.flush()
    db.session.expire_all()
    (row,) = queries.everything(crisis, NOON)
    assert (row.task.text, row.task.card_id, row.task.card_title) == ("Appeler le SAMU", None, "Première heure")


def test_a_tick_is_an_entry_that_names_the_task(crisis, by):
    task = a_task(crisis, function=a_function(crisis))
    assert ticks.tick(crisis, task, Tick(STARTED), by=by, at=NOON)
    assert ticks.tick(crisis, task, Tick(DONE), by=by, at=NOON + HOUR)
    assert told(crisis) == [
        (EntryKind.ACTION_DONE, "Faite : Appeler la mairie (Liaison)."),
        (EntryKind.ACTION_STARTED, "Engagée : Appeler la mairie (Liaison)."),
    ]
    assert (task.state, task.changed_by_name, task.changed_at, task.entry_number) == (
        DONE, "Claire Vidal", NOON + HOUR, 2
    )  # fmt: skip


def test_the_same_tick_sent_again_is_one(crisis, by):
    task, key = a_task(crisis), uuid.uuid4()
    assert ticks.tick(crisis, task, Tick(DONE, key=key), by=by, at=NOON)
    assert not ticks.tick(crisis, task, Tick(DONE, key=key), by=by, at=NOON + HOUR)
    again = Tick(DONE, key=key, device_at=NOON)
    assert not ticks.tick(crisis, task, again, by=by, at=NOON + 2 * HOUR)
    assert len(told(crisis)) == 1


def test_a_tick_replayed_after_the_task_was_opened_again_undoes_nothing(crisis, by):
    task, key = a_task(crisis), uuid.uuid4()
    ticks.tick(crisis, task, Tick(DONE, key=key), by=by, at=NOON)
    ticks.say(crisis, task, Tick(TO_DO, "Il faut rappeler"), seen_entry=1, by=by, at=NOON + HOUR)
    assert not ticks.tick(crisis, task, Tick(DONE, key=key), by=by, at=NOON + 2 * HOUR)
    assert task.state is TO_DO


def test_what_someone_else_ticked_first_stays_theirs(crisis, by, other):
    task = a_task(crisis)
    ticks.tick(crisis, task, Tick(DONE), by=other, at=NOON)
    assert not ticks.tick(crisis, task, Tick(DONE), by=by, at=NOON + HOUR)
    assert not ticks.tick(crisis, task, Tick(STARTED), by=by, at=NOON + HOUR)
    assert (task.changed_by_name, len(told(crisis))) == ("Paul Roux", 1)


def test_a_tick_that_a_device_kept_is_noted_at_its_hour_even_where_it_changes_nothing(crisis, by, other):
    task = a_task(crisis)
    assert ticks.tick(crisis, task, Tick(DONE, key=uuid.uuid4(), device_at=NOON), by=other, at=NOON + 2 * HOUR)
    late = Tick(DONE, key=uuid.uuid4(), device_at=NOON + MINUTE)
    assert not ticks.tick(crisis, task, late, by=by, at=NOON + 3 * HOUR)
    entries = logbook.newest(crisis)
    assert [(one.happened_at, one.device_at) for one in entries] == [(NOON + MINUTE, NOON + MINUTE), (NOON, NOON)]
    text = "« Faite » coché aussi pour la tâche : Appeler la mairie. Elle était notée « Faite » par Paul Roux."
    assert told(crisis)[0] == (EntryKind.INFORMATION, text)


def test_after_closing_only_what_a_device_kept_is_written_in_the_annex(crisis, by):
    task = a_task(crisis)
    crisis.closed_at = NOON
    db.session.flush()
    with pytest.raises(CrisisClosed):
        ticks.tick(crisis, task, Tick(DONE), by=by, at=NOON)
    late = Tick(DONE, key=uuid.uuid4(), device_at=NOON - HOUR)
    assert not ticks.tick(crisis, task, late, by=by, at=NOON + HOUR)
    assert task.state is TO_DO
    (entry,) = logbook.whole(crisis, Part.ANNEX)
    assert "« Faite » coché aussi" in entry.said.text.replace("\xa0", " ")


def test_a_word_is_needed_to_drop_to_open_again_and_where_nothing_changes(crisis, by):
    task = a_task(crisis, entry_number=0)
    for state in (DROPPED, TO_DO):
        with pytest.raises(WordNeeded):
            ticks.say(crisis, task, Tick(state), seen_entry=0, by=by, at=NOON)
    ticks.say(crisis, task, Tick(DROPPED, "La mairie a déjà appelé"), seen_entry=0, by=by, at=NOON)
    with pytest.raises(WordNeeded):
        ticks.say(crisis, task, Tick(TO_DO), seen_entry=1, by=by, at=NOON)
    ticks.say(crisis, task, Tick(TO_DO, "Elle rappelle ce soir"), seen_entry=1, by=by, at=NOON)
    ticks.say(crisis, task, Tick(TO_DO, "Ligne occupée"), seen_entry=2, by=by, at=NOON)
    ticks.say(crisis, task, Tick(DONE), seen_entry=3, by=by, at=NOON)
    assert told(crisis) == [
        (EntryKind.ACTION_DONE, "Faite : Appeler la mairie."),
        (EntryKind.INFORMATION, "Tâche à faire : Appeler la mairie.\nMot : Ligne occupée"),
        (EntryKind.INFORMATION, "Tâche rouverte : Appeler la mairie.\nMot : Elle rappelle ce soir"),
        (EntryKind.INFORMATION, "Tâche abandonnée : Appeler la mairie.\nMot : La mairie a déjà appelé"),
    ]


def test_a_word_never_overrides_what_was_ticked_since_it_was_opened(crisis, by, other):
    task = a_task(crisis)
    ticks.tick(crisis, task, Tick(DONE), by=other, at=NOON)
    with pytest.raises(Stale):
        ticks.say(crisis, task, Tick(DROPPED, "Inutile"), seen_entry=0, by=by, at=NOON)
    assert task.state is DONE


def test_a_task_changes_hands_and_hour_with_a_word(crisis, by):
    first, second = a_function(crisis, "Direction"), a_function(crisis, "Liaison", position=2)
    task = a_task(crisis, function=first, due_at=NOON)
    described = TaskDescription("Rappeler la mairie", second, due_at=NOON + HOUR)
    operations.change(crisis, task, described, "Anne est au SAMU", seen_version=1, by=by, at=NOON)
    assert (task.function_id, task.due_at, task.version) == (second.id, NOON + HOUR, 2)
    assert told(crisis)[0][1] == (
        "Tâche modifiée : Rappeler la mairie (Liaison).\n– texte, avant : Appeler la mairie\n"
        "– confiée à Liaison, avant : Direction\n– échéance : 22/11/2026 à 14:00, avant : 22/11/2026 à 13:00\n"
        "Mot : Anne est au SAMU"
    )
    operations.change(crisis, task, described, "", seen_version=2, by=by, at=NOON)
    assert (task.version, len(told(crisis))) == (2, 1)
    with pytest.raises(Stale):
        operations.change(crisis, task, described, "", seen_version=1, by=by, at=NOON)


def test_a_tick_does_not_stale_the_form_of_who_rewords(crisis, by, other):
    task = a_task(crisis)
    ticks.tick(crisis, task, Tick(STARTED), by=other, at=NOON)
    operations.change(crisis, task, TaskDescription("Rappeler"), "", seen_version=1, by=by, at=NOON)
    assert (task.text, task.state) == ("Rappeler", STARTED)


def test_overdue_come_first_then_by_hour_then_what_is_over(crisis):
    a_task(crisis, "Sans heure")
    a_task(crisis, "Tout à l’heure", due_at=NOON + HOUR)
    a_task(crisis, "Fait", due_at=NOON - 5 * HOUR, state=DONE, changed_at=NOON - HOUR)
    a_task(crisis, "En retard", due_at=NOON - HOUR)
    a_task(crisis, "Très en retard", due_at=NOON - 3 * HOUR, state=STARTED)
    in_order = ["Très en retard", "En retard", "Tout à l’heure", "Sans heure", "Fait"]
    assert texts(queries.everything(crisis, NOON)) == in_order
    assert texts(queries.page_of_tasks(crisis, Filters(), NOON, 1).items) == in_order
    board = queries.board(crisis, NOON, limit=3)
    assert texts(board.rows) == in_order[:3]
    assert [row.due for row in board.rows] == ["en retard de 3\xa0h", "en retard de 1\xa0h", "avant 14:00"]
    assert board.counts == Counts(open=4, overdue=2, done=1, dropped=0)
    assert queries.next_due_at(crisis, NOON) == NOON + HOUR


def test_filters_narrow_the_list(crisis, by):
    mine, theirs = a_function(crisis, "Direction"), a_function(crisis, "Liaison", position=2)
    a_shift(mine, "Claire", account_id=by.id)
    a_task(crisis, "À moi", function=mine, due_at=NOON - HOUR)
    a_task(crisis, "À eux", function=theirs, care=CareKind.OXYGEN)
    a_task(crisis, "Laissée", state=DROPPED)

    def found(**filters):
        return texts(queries.page_of_tasks(crisis, Filters(**filters), NOON, 1).items)

    assert found(held=[mine.id]) == ["À moi"]
    assert found(held=[]) == []
    assert found(function_id=theirs.id) == ["À eux"]
    assert found(care=CareKind.OXYGEN) == ["À eux"]
    assert found(shown=Shown.OVERDUE) == ["À moi"]
    assert found(shown=Shown.OPEN) == ["À moi", "À eux"]
    assert found(shown=Shown.DROPPED) == ["Laissée"]
    assert found(shown=Shown.STARTED) == found(shown=Shown.DONE) == []
    assert texts(queries.of_functions(crisis, [theirs.id], NOON)) == ["À eux"]
    assert queries.of_functions(crisis, [mine.id], NOON)[0].on_duty == "Claire"


def test_what_is_open_without_a_word_is_named_for_the_stand_down(crisis, by):
    a_task(crisis, "Rien dit")
    a_task(crisis, "Remise", state=STARTED, word="Remise à la mairie")
    a_task(crisis, "Faite", state=DONE)
    assert [task.text for task in queries.open_without_a_word(crisis)] == ["Rien dit"]


def test_a_task_by_hand_takes_its_place_at_the_end(crisis, by):
    a_task(crisis)
    added = operations.add(crisis, TaskDescription("Trouver un barnum", who="Mairie"), key=None, by=by, at=NOON)
    assert (added.position, added.entry_number) == (2, 1)
    assert told(crisis) == [(EntryKind.INFORMATION, "Tâche ajoutée : Trouver un barnum (Mairie).")]


def test_tasks_of_another_crisis_are_not_counted(cpts, crisis, by):
    a_task(a_crisis(cpts, by), "Ailleurs")
    assert (queries.counts(crisis, NOON), queries.everything(crisis, NOON)) == (Counts(), [])
