"""The figures of a crisis that was lived: tasks, calls, messages, people, actions, stock."""

from __future__ import annotations

from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import movements
from crisis_plan.evaluation.figures.rules import FigureKey
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel, Outcome
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_calls import operations as crisis_calls
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.messages import operations as messages
from crisis_plan.pilotage.messages.models import MessageChannel
from crisis_plan.pilotage.messages.operations import Outgoing
from crisis_plan.pilotage.stock_out import operations as stock_out
from crisis_plan.pilotage.stock_out import queries as out_of_stock
from crisis_plan.pilotage.tasks import ticks
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.pilotage.tasks.ticks import Tick
from tests.anticipation.stock.factories import batch_of
from tests.evaluation.debriefs.factories import a_debrief
from tests.evaluation.figures.lived import HOUR, MINUTE, after, counted, mobilise, say
from tests.evaluation.figures.rows import lines, main
from tests.factories import NOON
from tests.pilotage.calls.factories import line_of, person
from tests.pilotage.situation_reports.factories import an_issued_report
from tests.pilotage.tasks.factories import a_task


def test_tasks_are_told_by_what_became_of_them(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        due = (NOON + HOUR, NOON - HOUR, None, None)
        in_time, late, dropped, _ = (a_task(crisis, f"Tâche {rank}", due_at=at) for rank, at in enumerate(due))
        ticks.tick(crisis, in_time, Tick(TaskState.DONE), by=by, at=NOON)
        ticks.tick(crisis, late, Tick(TaskState.DONE), by=by, at=NOON)
        ticks.say(crisis, dropped, Tick(TaskState.DROPPED, "Sans objet"), seen_entry=0, by=by, at=NOON)

    figure = after(cpts, by, tell, FigureKey.TASKS)
    assert figure.value == "2 sur 4 faites"
    assert list(lines(figure).values()) == ["1", "1", "1", "0", "1"]
    assert set(figure.entries) == main(1, 2, 3)


def test_the_cell_is_reached_by_its_first_list(cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        people = [person(cpts, name) for name in ("Petit", "Roux", "Fabre")]
        made = crisis_calls.open_for(
            cpts, crisis, chosen=Choice(Audience.CELL), contacts=people, channel=Channel.TELEPHONE,
            title="Cellule", message="Venez", by=by, at=NOON + MINUTE,
        )  # fmt: skip
        for name, minutes in (("Petit", 4), ("Roux", 11)):
            reached = Report(Outcome.REACHED, comes=True)
            attempts.record_attempt(line_of(made, name), reached, seen_attempts=0, by=by, at=NOON + minutes * MINUTE)

    figure = after(cpts, by, tell, FigureKey.CELL_REACHED)
    assert figure.value == "2 sur 3"
    assert list(lines(figure).values()) == ["4\u00a0min", "10\u00a0min", "non atteint"]
    assert set(figure.entries) == main(1, 3)


def test_messages_of_the_page_and_by_hand_are_counted_together(keeps_mail: None, cpts: Cpts, by: Account) -> None:
    def tell(crisis: Crisis) -> None:
        people = [person(cpts, "Petit", email="petit@exemple.fr"), person(cpts, "Roux")]
        outgoing = Outgoing(MessageChannel.EMAIL, "Adhérents", "Venez", "Alerte", people)
        messages.send(crisis, outgoing, by=by, at=NOON)
        say(crisis, by, EntryKind.MESSAGE)

    figure = after(cpts, by, tell, FigureKey.MESSAGES)
    assert figure.value == "2"
    assert list(lines(figure).values()) == ["1", "1", "2\u00a0personnes", "1\u00a0personne"]
    assert set(figure.entries) == main(1, 2)


def test_situation_reports_are_those_issued(cpts: Cpts, by: Account) -> None:
    figure = after(cpts, by, lambda crisis: an_issued_report(cpts, crisis, by, at=NOON), FigureKey.SITUATION_REPORTS)
    assert figure.value == "1"
    assert set(figure.entries) == main(1)


def test_the_two_counts_are_those_of_the_claim(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by, tell=mobilise(cpts, by))
    people, actions = counted(debrief, FigureKey.PROFESSIONALS), counted(debrief, FigureKey.ACTIONS)
    assert people.value == "2\u00a0professionnels, 4\u00a0h"
    assert lines(people) == {"Infirmier": "1\u00a0personne, 2\u00a0h", "Médecin": "1\u00a0personne, 2\u00a0h"}
    assert actions.value == "1"
    assert lines(actions) == {"Tournée des isolés": "2\u00a0fois, par 1\u00a0personne\u00a0: Infirmier 1"}
    assert [line.who for line in actions.lines] == ["Anne PETIT"]
    assert set(actions.entries) == main(4, 5)
    assert "Assurance Maladie" in people.counted


def test_an_exercise_serves_no_claim_and_empties_no_stock(cpts: Cpts, by: Account) -> None:
    debrief = a_debrief(cpts, by, mode=Mode.EXERCISE, tell=mobilise(cpts, by))
    for key in (FigureKey.PROFESSIONALS, FigureKey.ACTIONS):
        assert "jamais à une demande de paiement" in counted(debrief, key).counted
    assert counted(debrief, FigureKey.STOCK).counted.startswith("Un exercice ne sort rien du stock")


def test_stock_is_told_by_item_without_what_was_reversed(cpts: Cpts, by: Account) -> None:
    gloves, masks = batch_of(cpts, "Gants", 10, by=by), batch_of(cpts, "Masques", 100, by=by)

    def tell(crisis: Crisis) -> None:
        stock_out.hand_out(cpts, crisis, {masks.id: 5}, given_to="", by=by, at=NOON)
        (undone,) = out_of_stock.gone(crisis)
        movements.reverse(undone.movement.movement, by=by, at=NOON)
        for quantity in (3, 4):
            stock_out.hand_out(cpts, crisis, {gloves.id: quantity}, given_to="", by=by, at=NOON)

    figure = after(cpts, by, tell, FigureKey.STOCK)
    assert (figure.value, lines(figure)) == ("1\u00a0article", {"Gants": "7 × boîte"})
    assert set(figure.entries) == main(2, 3)
