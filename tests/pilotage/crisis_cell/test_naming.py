"""A function that leaves the cell stays in words wherever it was named."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardContact
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.db import db
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import operations
from crisis_plan.pilotage.crisis_cell.models import CellFunction
from crisis_plan.pilotage.crisis_cell.naming import shortened
from tests.adaptation.responses.whole_card import card, function, level, step
from tests.browser import Browser
from tests.factories import NOON, AccountFactory, CptsFactory

LONG = "Liaison avec les mairies, les établissements et les autres CPTS du département, jour et nuit, sans interruption"


def cpts_of(browser: Browser) -> Cpts:
    assert browser.cpts is not None
    return browser.cpts


def removed(left: CellFunction) -> None:
    db.session.commit()
    operations.remove_function(left, by=AccountFactory(), at=NOON)
    db.session.commit()
    db.session.expire_all()


def arrangement(cpts: Cpts, left: CellFunction, who: str = "") -> Arrangement:
    made = Arrangement(
        cpts_id=cpts.id,
        kind=ArrangementKind.CIRCUIT,
        position=1,
        what="Consultations déplacées",
        function_id=left.id,
        who=who,
        created_at=NOON,
        updated_at=NOON,
    )
    db.session.add(made)
    return made


def changes(subject: str) -> list[list[str]]:
    told = sa.select(HistoryEvent.fields).where(HistoryEvent.subject == subject, HistoryEvent.verb == Verb.CHANGED)
    return list(db.session.scalars(told))


def test_a_step_keeps_the_name_of_who_did_it(cpts: Cpts) -> None:
    made, left = card(cpts), function(cpts, "Liaison")
    made.steps = [step(Phase.THEN, 0, "Appeler", function=left), step(Phase.THEN, 1, "Noter", who="Référent")]
    removed(left)
    assert [(one.by_whom, one.function_id, one.version) for one in made.steps] == [
        ("Liaison", None, 2),
        ("Référent", None, 1),
    ]
    assert changes("action_card") == [["steps"]]


def test_a_line_to_call_stays_with_the_name_of_the_function(cpts: Cpts) -> None:
    made, left = card(cpts), function(cpts, "Liaison")
    made.contacts = [CardContact(label="Mairie touchée", function=left), CardContact(label="LIAISON", function=left)]
    removed(left)
    assert [(one.label, one.function_id) for one in made.contacts] == [
        ("Mairie touchée (Liaison)", None),
        ("LIAISON", None),
    ]
    assert changes("action_card") == [["contacts"]]


def test_a_card_for_this_function_alone_does_not_become_a_card_for_everyone(cpts: Cpts) -> None:
    left = function(cpts, "Liaison")
    made = card(cpts, functions=[left])
    removed(left)
    assert (list(made.functions), made.professions, made.version) == ([], ["Liaison"], 2)
    assert changes("action_card") == [["functions", "professions"]]


@pytest.mark.parametrize(("who", "kept"), [("", "Liaison"), ("Les mairies", "Liaison, Les mairies")])
def test_an_arrangement_keeps_the_name_beside_its_words(cpts: Cpts, who: str, kept: str) -> None:
    left = function(cpts, "Liaison")
    line = arrangement(cpts, left, who)
    removed(left)
    assert (line.function_id, line.who, line.version) == (None, kept, 2)
    assert changes("arrangement") == [["function", "who"]]


def test_a_level_keeps_the_name_among_what_it_mobilises(cpts: Cpts) -> None:
    left = function(cpts, "Liaison")
    made = level(cpts, "Alerte")
    made.mobilises, made.functions = "Les mairies", [left]
    removed(left)
    assert (made.mobilises, list(made.functions), made.version) == ("Les mairies\nLiaison", [], 2)
    assert changes("level") == [["functions", "mobilises"]]


def test_words_that_leave_no_room_are_kept_before_the_name(cpts: Cpts) -> None:
    left, made = function(cpts, LONG), card(cpts)
    made.contacts = [CardContact(label="M" * 100, function=left), CardContact(label="N" * 160, function=left)]
    line = arrangement(cpts, left, "x" * 250)
    removed(left)
    labels = [one.label for one in made.contacts]
    assert labels[0].startswith("M" * 100 + " (Liaison avec")
    assert labels[0].endswith("…)")
    assert labels[1] == "N" * 160
    assert len(labels[0]) <= 160
    assert len(line.who) <= 300
    assert line.who.endswith("x" * 250)
    assert (shortened("abc", 3), shortened("abc", 2), shortened("abc", 0)) == ("abc", "a…", "")


def test_the_confirmation_lists_what_names_the_function_here_alone(coordinator: Browser) -> None:
    cpts, elsewhere = cpts_of(coordinator), CptsFactory()
    left = function(cpts, "Liaison")
    made = card(cpts, "Canicule", functions=[left])
    made.steps = [step(Phase.THEN, 0, "Appeler", function=left)]
    made.contacts = [CardContact(label="Mairie touchée", function=left)]
    level(cpts, "Alerte").functions = [left]
    arrangement(cpts, left)
    card(cpts, "Sans elle", position=2)
    card(elsewhere, "Ailleurs", functions=[function(elsewhere, "Liaison")])
    db.session.commit()
    page = coordinator.get("cpts.crisis_cell.confirm_function_removal", function_id=left.id)
    assert sorted(page.texts("section[aria-labelledby=naming] li")) == [
        "Circuits : Consultations déplacées",
        "Fiche « Canicule », qui est pour cette fonction",
        "Fiche « Canicule », à appeler : Mairie touchée",
        "Fiche « Canicule », étape : Appeler",
        "Niveau « Alerte », qui la mobilise",
    ]
    assert coordinator.submit(page).status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CellFunction)) == 1
    assert [one.label for one in responses.whole_cards(cpts)[0].contacts] == ["Mairie touchée (Liaison)"]


def test_nothing_is_told_of_a_function_that_nothing_names(coordinator: Browser) -> None:
    left = function(cpts_of(coordinator), "Liaison")
    db.session.commit()
    page = coordinator.get("cpts.crisis_cell.confirm_function_removal", function_id=left.id)
    assert page.texts("section[aria-labelledby=naming]") == []


def test_other_cards_are_left_alone(cpts: Cpts) -> None:
    left, other = function(cpts, "Liaison"), card(cpts)
    removed(left)
    assert (other.version, other.updated_at) == (1, NOON)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ActionCard)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Level)) == 0
