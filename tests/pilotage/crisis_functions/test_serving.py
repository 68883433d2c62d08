"""Functions filled from the cell, taken, handed over, planned, ended: each time the logbook tells it."""

from datetime import timedelta

import pytest

from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.errors import Stale
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.pilotage.crisis_functions import operations, queries, serving
from crisis_plan.pilotage.crisis_functions.refusals import (
    EndsBeforeItStarts,
    FunctionThere,
    PlannedAlready,
    ServiceOver,
    ServiceStarted,
    StartsInThePast,
)
from crisis_plan.pilotage.crisis_functions.rules import Presence
from crisis_plan.pilotage.crisis_functions.services import Person, Service
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from tests.factories import NOON, TODAY, AccountFactory, ContactFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift

HOUR = timedelta(hours=1)


@pytest.fixture
def by(app):
    return AccountFactory(name="Claire Vidal")


@pytest.fixture
def crisis(cpts, by):
    return a_crisis(cpts, by)


def cell_function(cpts, name, position, *ranks):
    function = CellFunction(cpts_id=cpts.id, position=position, name=name, task="Appeler.")
    for rank in ranks:
        contact = ContactFactory(cpts_id=cpts.id, family_name=f"{name} {rank.value}")
        contact.phones = [
            ContactPhone(position=0, number="+33466220000"),
            ContactPhone(position=1, number="+33639980001"),
        ]
        since = TODAY - timedelta(days=30)
        function.duties.append(CellDuty(contact=contact, rank=rank, starts_on=since, created_at=NOON))
    db.session.add(function)
    db.session.flush()
    return function


def told(crisis):
    return [entry.said.text.replace("\xa0", " ") for entry in logbook.newest(crisis)]


def names(crisis, now):
    return {one.function.name: (one.names, one.presence) for one in queries.board(crisis, now)}


def serve(crisis, function, name, by, at=NOON, **service):
    asked = Service(Person(name), **service)
    return serving.put_on_duty(crisis, function, asked, seen_version=function.version, key=None, by=by, at=at)


def test_the_cell_fills_the_functions_with_the_titular_else_the_deputy(cpts, crisis, by):
    both = cell_function(cpts, "Direction", 1, Rank.TITULAR, Rank.DEPUTY)
    deputy = cell_function(cpts, "Liaison", 2, Rank.DEPUTY)
    nobody = cell_function(cpts, "Logistique", 3)
    held = crisis_cell.functions(cpts, TODAY)
    operations.fill_from_cell(crisis, held, {both.id, deputy.id, nobody.id}, by=by, at=NOON)
    assert names(crisis, NOON) == {
        "Direction": ("Camille DIRECTION TITULAR", Presence.NAMED),
        "Liaison": ("Camille LIAISON DEPUTY", Presence.NAMED),
        "Logistique": ("", Presence.NOBODY),
    }
    shift = queries.board(crisis, NOON)[0].on_duty[0]
    assert (shift.telephone, shift.confirmed_at) == ("+33639980001", None)
    assert [one.is_gap for one in queries.board(crisis, NOON)] == [False, False, True]
    (text,) = told(crisis)
    assert "– Direction : Camille DIRECTION TITULAR (titulaire), à confirmer" in text
    assert "– Logistique : personne" in text
    assert logbook.newest(crisis)[0].kind is EntryKind.DUTY


def test_a_higher_level_asks_for_more_and_leaves_who_is_there(cpts, crisis, by):
    first = cell_function(cpts, "Direction", 1, Rank.TITULAR)
    second = cell_function(cpts, "Logistique", 2)
    operations.fill_from_cell(crisis, crisis_cell.functions(cpts, TODAY), {first.id}, by=by, at=NOON)
    assert not queries.board(crisis, NOON)[1].is_gap
    serve(crisis, queries.functions(crisis)[0], "Paul ROUX", by, is_there=True)
    third = cell_function(cpts, "Liaison", 3)
    wanted = {first.id, second.id, third.id}
    made = operations.fill_from_cell(crisis, crisis_cell.functions(cpts, TODAY), wanted, by=by, at=NOON + HOUR)
    assert [one.name for one in made] == ["Liaison"]
    assert [(one.names, one.is_gap) for one in queries.board(crisis, NOON + HOUR)] == [
        ("Paul ROUX", False), ("", True), ("", True)
    ]  # fmt: skip
    assert "Le niveau appelle maintenant :\n– Logistique : personne" in told(crisis)[0]
    before = len(told(crisis))
    operations.fill_from_cell(crisis, crisis_cell.functions(cpts, TODAY), wanted, by=by, at=NOON + 2 * HOUR)
    assert len(told(crisis)) == before


def test_a_function_that_leaves_the_cell_keeps_its_name_in_the_crisis(cpts, crisis, by):
    gone = cell_function(cpts, "Direction", 1, Rank.TITULAR)
    operations.fill_from_cell(crisis, crisis_cell.functions(cpts, TODAY), {gone.id}, by=by, at=NOON)
    db.session.delete(gone)
    db.session.flush()
    db.session.expire_all()
    (kept,) = queries.functions(crisis)
    assert (kept.name, kept.cell_function_id) == ("Direction", None)


def test_who_takes_a_function_relieves_who_is_there(crisis, by):
    function = a_function(crisis)
    a_shift(function, "Anne PETIT", NOON - HOUR)
    me = Person("Paul ROUX", "+33639980002", account_id=by.id)
    serving.take_function(crisis, function, me, seen_version=1, key=None, by=by, at=NOON)
    assert names(crisis, NOON) == {"Liaison": ("Paul ROUX", Presence.THERE)}
    assert told(crisis) == ["Relève : Liaison. Paul ROUX, à la suite d’Anne PETIT."]
    assert [one.name for one in queries.functions_of(crisis, by, NOON)] == ["Liaison"]


def test_whom_the_plan_only_named_was_not_there_to_be_relieved(crisis, by):
    function = a_function(crisis)
    a_shift(function, "Anne PETIT", NOON - HOUR, confirmed_at=None)
    serving.take_function(crisis, function, Person("Paul ROUX"), seen_version=1, key=None, by=by, at=NOON)
    assert told(crisis) == [
        "Prise de fonction : Liaison. Paul ROUX, à la place d’Anne PETIT (présence jamais confirmée)."
    ]


def test_of_two_the_one_who_was_there_is_relieved(crisis, by):
    function = a_function(crisis)
    a_shift(function, "Anne PETIT", NOON - HOUR)
    a_shift(function, "Luc FABRE", NOON - HOUR, confirmed_at=None)
    serving.take_function(crisis, function, Person("Paul ROUX"), seen_version=1, key=None, by=by, at=NOON)
    assert told(crisis) == [
        "Relève : Liaison. Paul ROUX, à la suite d’Anne PETIT, à la place de Luc FABRE (présence jamais confirmée)."
    ]


def test_whom_the_plan_names_takes_their_own_service(cpts, crisis, by):
    contact = ContactFactory(cpts_id=cpts.id)
    function = a_function(crisis)
    named = a_shift(function, contact.name, NOON - HOUR, contact_id=contact.id, confirmed_at=None)
    me = Person(contact.name, contact_id=contact.id, account_id=by.id)
    serving.take_function(crisis, function, me, seen_version=99, key=None, by=by, at=NOON)
    serving.take_function(crisis, function, me, seen_version=99, key=None, by=by, at=NOON + HOUR)
    assert (named.confirmed_at, named.account_id, named.ends_at) == (NOON, by.id, None)
    assert told(crisis) == [f"À son poste : Liaison, {contact.name}."]


def test_taking_what_someone_took_meanwhile_is_stale(crisis, by):
    function = a_function(crisis)
    serve(crisis, function, "Anne PETIT", by, is_there=True)
    with pytest.raises(Stale):
        serving.take_function(crisis, function, Person("Paul"), seen_version=1, key=None, by=by, at=NOON + HOUR)
    assert names(crisis, NOON + HOUR) == {"Liaison": ("Anne PETIT", Presence.THERE)}


def test_two_hold_a_function_only_where_it_is_said(crisis, by):
    function = a_function(crisis)
    serve(crisis, function, "Anne PETIT", by, is_there=True)
    serve(crisis, function, "Paul ROUX", by, NOON + HOUR, together=True, is_there=True)
    assert names(crisis, NOON + HOUR) == {"Liaison": ("Anne PETIT, Paul ROUX", Presence.THERE)}
    assert told(crisis)[0] == "Prise de fonction : Liaison. Paul ROUX, avec Anne PETIT."


def test_a_relief_that_is_planned_ends_the_service_at_its_hour(crisis, by):
    function = a_function(crisis)
    first = serve(crisis, function, "Anne PETIT", by, is_there=True)
    serve(
        crisis, function, "Paul ROUX", by, starts_at=NOON + 7 * HOUR, ends_at=NOON + 19 * HOUR, note="Rappeler le SAMU"
    )
    assert first.ends_at == NOON + 7 * HOUR
    assert names(crisis, NOON + 8 * HOUR) == {"Liaison": ("Paul ROUX", Presence.NAMED)}
    assert told(crisis)[0] == (
        "Relève prévue : Liaison. Paul ROUX à partir du 22/11/2026 à 20:00 jusqu’au 23/11/2026 à 08:00, "
        "à la suite d’Anne PETIT.\nConsignes : Rappeler le SAMU"
    )


def test_who_comes_now_stays_until_the_relief_that_is_planned(crisis, by):
    function = a_function(crisis)
    serve(crisis, function, "Paul ROUX", by, starts_at=NOON + 7 * HOUR)
    found = serve(crisis, function, "Anne PETIT", by, is_there=True)
    assert found.ends_at == NOON + 7 * HOUR
    with pytest.raises(PlannedAlready, match="Paul ROUX"):
        serve(crisis, function, "Zoé", by, starts_at=NOON + 2 * HOUR, ends_at=NOON + 8 * HOUR)
    with pytest.raises(PlannedAlready):
        serve(crisis, function, "Zoé", by, starts_at=NOON + 7 * HOUR)
    serve(crisis, function, "Zoé", by, starts_at=NOON + 7 * HOUR, together=True)
    assert names(crisis, NOON + 8 * HOUR) == {"Liaison": ("Paul ROUX, Zoé", Presence.NAMED)}


def test_hours_that_cannot_be_are_refused(crisis, by):
    function = a_function(crisis)
    with pytest.raises(StartsInThePast):
        serve(crisis, function, "Anne", by, starts_at=NOON - HOUR)
    with pytest.raises(EndsBeforeItStarts):
        serve(crisis, function, "Anne", by, starts_at=NOON + 2 * HOUR, ends_at=NOON + HOUR)
    with pytest.raises(EndsBeforeItStarts):
        serve(crisis, function, "Anne", by, ends_at=NOON)
    assert told(crisis) == []


def test_somebody_says_that_the_person_is_there_once(crisis, by):
    shift = a_shift(a_function(crisis), confirmed_at=None)
    serving.confirm(crisis, shift, by=by, at=NOON)
    serving.confirm(crisis, shift, by=by, at=NOON + HOUR)
    assert shift.confirmed_at == NOON
    assert told(crisis) == ["À son poste : Liaison, Anne PETIT."]


def test_a_service_ends_and_a_gap_is_said(crisis, by):
    shift = a_shift(a_function(crisis), starts_at=NOON - HOUR)
    serving.end(crisis, shift, "Voir le classeur", key=None, by=by, at=NOON)
    assert names(crisis, NOON) == {"Liaison": ("", Presence.NOBODY)}
    assert told(crisis) == [
        "Fin de service : Liaison, Anne PETIT. Personne ne tient plus cette fonction.\nMot : Voir le classeur"
    ]
    for act in (
        lambda: serving.end(crisis, shift, "", key=None, by=by, at=NOON + HOUR),
        lambda: serving.confirm(crisis, shift, by=by, at=NOON + HOUR),
    ):
        with pytest.raises(ServiceOver):
            act()


def test_a_relief_is_called_off_before_it_begins(crisis, by):
    function = a_function(crisis)
    shift = serve(crisis, function, "Paul ROUX", by, starts_at=NOON + HOUR)
    serving.call_off(crisis, shift, by=by, at=NOON)
    assert queries.board(crisis, NOON)[0].coming == ()
    assert told(crisis)[0] == "Relève annulée : Liaison, Paul ROUX le 22/11/2026 à 14:00."
    with pytest.raises(ServiceStarted):
        serving.call_off(crisis, a_shift(function), by=by, at=NOON)


def test_a_function_is_added_once(crisis, by):
    a_function(crisis, "Liaison", position=4)
    added = operations.add_function(crisis, "Bénévoles", "Les accueillir.", key=None, by=by, at=NOON)
    assert added.position == 5
    assert told(crisis) == ["Fonction ajoutée : Bénévoles. Personne ne la tient encore."]
    with pytest.raises(FunctionThere):
        operations.add_function(crisis, " benevoles", "", key=None, by=by, at=NOON)


def test_a_closed_crisis_refuses_all_of_it(crisis, by):
    function = a_function(crisis)
    shift = a_shift(function, confirmed_at=None)
    crisis.closed_at = NOON
    db.session.flush()
    for act in (
        lambda: serve(crisis, function, "Anne", by),
        lambda: serving.take_function(crisis, function, Person("Anne"), seen_version=1, key=None, by=by, at=NOON),
        lambda: serving.confirm(crisis, shift, by=by, at=NOON),
        lambda: serving.end(crisis, shift, "", key=None, by=by, at=NOON),
        lambda: serving.call_off(crisis, shift, by=by, at=NOON),
        lambda: operations.add_function(crisis, "Bénévoles", "", key=None, by=by, at=NOON),
        lambda: operations.fill_from_cell(crisis, [], set(), by=by, at=NOON),
    ):
        with pytest.raises(CrisisClosed):
            act()


def test_reliefs_of_a_day_come_in_order_and_say_who_is_left(crisis):
    first, second = a_function(crisis, "Direction"), a_function(crisis, "Liaison", position=2)
    a_shift(first, "Anne", NOON, NOON + 8 * HOUR)
    a_shift(first, "Paul", NOON + 8 * HOUR, NOON + 30 * HOUR, confirmed_at=None)
    a_shift(second, "Zoé", NOON, NOON + 2 * HOUR)
    found = [
        (one.at, one.function.name, one.coming_names, one.leaving_names, one.leaves_nobody)
        for one in queries.reliefs(crisis, NOON)
    ]
    assert found == [
        (NOON + 2 * HOUR, "Liaison", "", "Zoé", True),
        (NOON + 8 * HOUR, "Direction", "Paul", "Anne", False),
    ]


def test_who_has_nobody_tonight_counts_only_what_the_level_asks_for(crisis):
    a_shift(a_function(crisis, "Direction"), "Anne", NOON)
    a_shift(a_function(crisis, "Liaison", position=2), "Zoé", NOON, NOON + 2 * HOUR)
    a_function(crisis, "Logistique", position=3)
    a_function(crisis, "Finances", position=4, is_called_for=False)
    night = queries.nobody_tonight(crisis, NOON)
    assert night.ends_at == NOON + 19 * HOUR
    assert [(one.function.name, [gap.starts_at for gap in one.gaps]) for one in night.uncovered] == [
        ("Liaison", [NOON + 2 * HOUR]), ("Logistique", [NOON])
    ]  # fmt: skip
