"""The functions of a crisis on screen: the board, one gesture, the forms of a service."""

from datetime import datetime, timedelta

import pytest

from crisis_plan import clock
from crisis_plan.access.models import Membership
from crisis_plan.anticipation.directory.models import ContactPhone
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.pilotage.calls import attempts
from crisis_plan.pilotage.calls.attempts import Report
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.rules import Channel, Outcome
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_calls import operations as calls
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction
from crisis_plan.pilotage.crisis_functions import queries
from crisis_plan.pilotage.logbook import queries as logbook
from tests.crawl import visit
from tests.factories import NOON, TODAY, ContactFactory, CptsFactory
from tests.pilotage.calls.factories import person
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.statements import MOST_OF_A_PAGE

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    """The clock stands still, but for tests that move it."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def crisis(referent):
    made = a_crisis(referent.cpts, referent.account)
    db.session.commit()
    return made


def board(browser, crisis):
    return browser.get("cpts.crisis_functions.index", crisis_id=crisis.id)


def take(browser, crisis, function):
    return browser.submit(board(browser, crisis), f"#fonction-{function.id} form[action*=prendre]")


def own_line(browser):
    contact = ContactFactory(cpts_id=browser.cpts.id, family_name="Vidal", given_name="Claire")
    contact.phones = [ContactPhone(position=0, number="+33639980001")]
    membership = db.session.query(Membership).filter_by(account_id=browser.account.id).one()
    membership.contact_id = contact.id
    db.session.commit()
    return contact


def told(crisis):
    return [entry.said.text.replace("\xa0", " ") for entry in logbook.newest(crisis)]


def test_the_board_says_in_words_who_is_there_and_who_is_not(referent, crisis):
    a_shift(a_function(crisis, "Direction"), "Anne PETIT", telephone="+33639980001")
    a_shift(a_function(crisis, "Liaison", position=2), "Paul ROUX", confirmed_at=None)
    a_function(crisis, "Logistique", position=3)
    a_function(crisis, "Finances", position=4, is_called_for=False)
    db.session.commit()
    page = board(referent, crisis)
    assert page.texts(".function-name") == [
        "Direction De service", "Liaison À confirmer", "Logistique Personne", "Finances Personne pas demandée par le niveau"
    ]  # fmt: skip
    assert page.texts(".function.is-gap .badge.urgent") == ["Personne"]
    assert page.links(".function-who a")["06 39 98 00 01"] == "tel:+33639980001"
    assert "Logistique : dès maintenant jusqu’à demain à 08:00" in page.text.replace("\xa0", " ")


def test_one_gesture_takes_a_function_by_ones_own_line_of_the_directory(referent, crisis):
    own_line(referent)
    function = a_function(crisis)
    db.session.commit()
    answer = take(referent, crisis, function)
    assert answer.status == 303
    assert answer.location.endswith(f"#fonction-{function.id}")
    page = answer.follow()
    assert "Vous tenez la fonction « Liaison »" in page.text.replace("\xa0", " ")
    assert page.texts(f"#fonction-{function.id} .meta") == ["depuis 13:00"]
    assert page.texts(f"#fonction-{function.id} .function-acts") == ["C’est vous. Vos tâches : Liaison"]
    assert referent.open(page.links()["Vos tâches : Liaison"]).status == 200
    shift = queries.board(crisis, NOON)[0].on_duty[0]
    assert (shift.name, shift.telephone, shift.account_id) == ("Claire VIDAL", "+33639980001", referent.account.id)
    assert told(crisis) == ["Prise de fonction : Liaison. Claire VIDAL."]


def test_without_a_line_of_the_directory_the_account_names_who_takes(referent, crisis):
    function = a_function(crisis)
    db.session.commit()
    take(referent, crisis, function)
    assert queries.board(crisis, NOON)[0].names == referent.account.name


def test_the_same_gesture_sent_twice_is_one(referent, crisis):
    function = a_function(crisis)
    db.session.commit()
    page = board(referent, crisis)
    for _ in range(2):
        assert referent.submit(page, f"#fonction-{function.id} form[action*=prendre]").status == 303
    assert len(told(crisis)) == 1


def test_a_gesture_comes_back_to_the_crisis_page_it_was_made_on(referent, crisis):
    function = a_function(crisis)
    db.session.commit()
    answer = referent.post(
        "cpts.crisis_functions.take", {"seen_version": 1}, crisis_id=crisis.id, function_id=function.id, depuis="salle"
    )
    assert answer.location == referent.address("cpts.room.show", crisis_id=crisis.id) + f"#fonction-{function.id}"


def test_what_someone_took_meanwhile_is_shown_before_one_relieves_them(referent, cell_member, crisis):
    function = a_function(crisis)
    db.session.commit()
    page = board(referent, crisis)
    take(cell_member, crisis, function)
    answer = referent.submit(page, f"#fonction-{function.id} form[action*=prendre]")
    assert answer.status == 409
    assert f"{cell_member.account.name} tient maintenant cette fonction" in answer.text
    assert referent.submit(answer, "form[action*=prendre]").status == 303
    assert queries.board(crisis, NOON)[0].names == referent.account.name


def test_someone_else_says_that_the_person_is_there(referent, crisis):
    shift = a_shift(a_function(crisis), confirmed_at=None)
    db.session.commit()
    assert referent.submit(board(referent, crisis), "form[action*=confirmer]").status == 303
    assert shift.confirmed_at == NOON


def test_what_a_person_said_when_called_stands_on_the_board_and_one_press_confirms(referent, crisis):
    people = [person(referent.cpts, "Ada"), person(referent.cpts, "Bea")]
    for position, one in enumerate(people):
        a_shift(a_function(crisis, f"F{position}", position=position), one.name, contact_id=one.id, confirmed_at=None)
    made = calls.open_for(
        referent.cpts, crisis, chosen=Choice(Audience.CELL), contacts=people, channel=Channel.TELEPHONE,
        title="Rappel", message="Venez-vous", by=referent.account, at=NOON,
    )  # fmt: skip
    db.session.commit()
    asked = board(referent, crisis).html.select_one("[data-live]")["hx-get"]
    for line, said in zip(
        made.lines, (Report(Outcome.REACHED, True, NOON + HOUR), Report(Outcome.REACHED, False)), strict=True
    ):
        attempts.record_attempt(line, said, seen_attempts=0, by=referent.account, at=NOON)
    db.session.commit()
    page = referent.open(asked, headers={"HX-Request": "true"})
    assert [text.replace("\xa0", " ") for text in page.texts(".function-who p strong")] == [
        "vient, à partir de 14:00", "ne vient pas"
    ]  # fmt: skip
    assert page.texts(".function-name .badge") == ["À confirmer", "À confirmer"]
    confirmed = referent.submit(board(referent, crisis), "form[action*=confirmer]").follow()
    assert confirmed.texts(".function-name .badge") == ["De service", "À confirmer"]


def test_a_contact_is_put_on_duty_with_the_telephone_of_the_directory(referent, crisis):
    contact = ContactFactory(cpts_id=referent.cpts.id, family_name="Roux", given_name="Paul")
    contact.phones = [ContactPhone(position=0, number="+33639980002")]
    function = a_function(crisis)
    db.session.commit()
    page = referent.get("cpts.crisis_functions.put", crisis_id=crisis.id, function_id=function.id)
    found = referent.submit(page, "main form", {"contact-q": "Roux", "search": "contact"})
    assert found.status == 422
    fields = {"contact": str(contact.id), "note": "Rappeler la mairie"}
    assert referent.submit(found, "main form", fields).status == 303
    shift = queries.board(crisis, NOON)[0].on_duty[0]
    assert (shift.name, shift.telephone, shift.contact_id) == ("Paul ROUX", "+33639980002", contact.id)
    assert told(crisis) == ["Prise de fonction : Liaison. Paul ROUX.\nConsignes : Rappeler la mairie"]


def test_the_cell_is_offered_before_the_directory_the_deputy_first(referent, crisis):
    people = [person(referent.cpts, name) for name in ("Ada", "Bea", "Cyd")]
    cell = [
        CellFunction(
            cpts_id=referent.cpts.id,
            position=position,
            name=name,
            duties=[
                CellDuty(contact_id=one.id, rank=rank, starts_on=TODAY, created_at=NOON)
                for one, rank in zip(held, Rank, strict=False)
            ],
        )
        for position, (name, held) in enumerate({"Direction": people[:1], "Liaison": people[1:]}.items())
    ]
    db.session.add_all(cell)
    db.session.flush()
    function = a_function(crisis, cell_function_id=cell[1].id)
    a_shift(function, people[1].name, contact_id=people[1].id)
    db.session.commit()
    page = referent.get("cpts.crisis_functions.put", crisis_id=crisis.id, function_id=function.id)
    assert page.texts("[id^=cellule-] + label") == [
        "Camille CYD – Liaison (suppléant)", "Camille ADA – Direction (titulaire)"
    ]  # fmt: skip
    assert "(facultatif)" not in page.texts("main legend")[1]
    assert referent.submit(page, "main form", {"contact": ""}).status == 422
    assert referent.submit(page, "main form", {"contact": str(people[2].id)}).status == 303
    assert queries.board(crisis, NOON)[0].names == "Camille CYD"


def test_who_is_not_in_the_directory_is_named_in_words(referent, crisis):
    function = a_function(crisis)
    db.session.commit()
    page = referent.get("cpts.crisis_functions.put", crisis_id=crisis.id, function_id=function.id)
    refused = referent.submit(page, "main form", {"telephone": "06 39"})
    assert refused.status == 422
    assert len(refused.texts(".error-summary li")) == 2
    fields = {"name": "Zoé de la mairie", "telephone": "06 39 98 00 03", "is_there": []}
    assert referent.submit(refused, "main form", fields).status == 303
    shift = queries.board(crisis, NOON)[0].on_duty[0]
    assert (shift.name, shift.telephone, shift.confirmed_at) == ("Zoé de la mairie", "+33639980003", None)


def test_what_looks_like_a_patient_is_asked_about_once(referent, crisis):
    function = a_function(crisis)
    db.session.commit()
    page = referent.get("cpts.crisis_functions.put", crisis_id=crisis.id, function_id=function.id)
    fields = {"name": "Zoé", "note": "Voir 2 84 05 30 123 456 78"}
    asked = referent.submit(page, "main form", fields)
    assert asked.status == 422
    assert "numéro de sécurité sociale" in asked.text
    assert referent.submit(asked, "main form", {"is_nobody": "y"}).status == 303


def test_a_relief_is_planned_then_called_off(referent, crisis):
    function = a_function(crisis)
    a_shift(function, "Anne PETIT")
    db.session.commit()
    page = referent.get("cpts.crisis_functions.plan", crisis_id=crisis.id, function_id=function.id)
    assert "Dites à partir de quand" in referent.submit(page, "main form", {"name": "Paul"}).text
    fields = {"name": "Paul", "starts": "2026-11-22T20:00", "ends": "2026-11-23T08:00"}
    assert referent.submit(page, "main form", fields).status == 303
    text = board(referent, crisis).text.replace("\xa0", " ")
    assert "Ensuite : Paul, 20:00, jusqu’à demain à 08:00" in text
    assert "20:00 Liaison : Paul, à la suite d’Anne PETIT" in text
    show = referent.get("cpts.crisis_functions.show", crisis_id=crisis.id, function_id=function.id)
    assert referent.submit(show, "form[action*=annuler]").status == 303
    assert "Ensuite" not in board(referent, crisis).text


def test_hours_that_cannot_be_come_back_beside_their_field(referent, crisis):
    function = a_function(crisis)
    a_shift(function, "Anne PETIT", NOON + 2 * HOUR)
    db.session.commit()
    page = referent.get("cpts.crisis_functions.plan", crisis_id=crisis.id, function_id=function.id)
    for fields, said in (
        ({"starts": "2026-11-22T10:00"}, "Cette heure est passée"),
        ({"starts": "2026-11-22T20:00", "ends": "2026-11-22T19:00"}, "avant d’avoir commencé"),
        ({"starts": "2026-11-22T14:00", "ends": "2026-11-22T16:00"}, "Anne PETIT est déjà prévu"),
    ):
        answer = referent.submit(page, "main form", {"name": "Paul", **fields})
        assert (answer.status, said in answer.text) == (422, True)
        assert 'value="Paul"' in answer.source


def test_a_form_opened_before_someone_came_says_who(referent, cell_member, crisis):
    function = a_function(crisis)
    db.session.commit()
    page = referent.get("cpts.crisis_functions.put", crisis_id=crisis.id, function_id=function.id)
    take(cell_member, crisis, function)
    answer = referent.submit(page, "main form", {"name": "Paul"})
    assert answer.status == 409
    assert f"{cell_member.account.name} tient maintenant cette fonction" in answer.text
    assert referent.submit(answer, "main form", {"together": "y"}).status == 303
    assert queries.board(crisis, NOON)[0].names == f"Paul, {cell_member.account.name}"


def test_a_service_is_ended_with_a_word(referent, crisis):
    function = a_function(crisis)
    shift = a_shift(function, starts_at=NOON - HOUR)
    db.session.commit()
    show = referent.get("cpts.crisis_functions.show", crisis_id=crisis.id, function_id=function.id)
    address = next(href for text, href in show.links().items() if text.startswith("Terminer"))
    assert referent.submit(referent.open(address), "main form", {"word": "Tout est dit"}).status == 303
    assert (shift.ends_at, told(crisis)[0].splitlines()[-1]) == (NOON, "Mot : Tout est dit")


def test_a_function_is_added_and_a_second_of_that_name_is_refused(referent, crisis):
    page = referent.get("cpts.crisis_functions.add", crisis_id=crisis.id)
    assert referent.submit(page, "main form", {"name": "Bénévoles"}).status == 303
    again = referent.submit(
        referent.get("cpts.crisis_functions.add", crisis_id=crisis.id), "main form", {"name": "benevoles"}
    )
    assert again.status == 422
    assert "déjà dans la liste" in again.text


def test_the_page_follows_what_is_written_and_what_its_clock_changes(referent, crisis, monkeypatch):
    function = a_function(crisis)
    a_shift(function, "Anne", NOON - HOUR, NOON + HOUR)
    db.session.commit()
    asked = board(referent, crisis).html.select_one("[data-live]")["hx-get"]
    htmx = {"headers": {"HX-Request": "true"}}
    assert referent.open(asked, **htmx).status == 204
    monkeypatch.setattr(clock, "now", lambda: NOON + HOUR)
    later = referent.open(asked, **htmx)
    assert later.status == 200
    assert later.html.select_one("#fonctions")["hx-swap-oob"] == "true"
    assert "Personne" in later.texts(".function-name")[0]
    asked = later.html.select_one("[data-live]")["hx-get"]
    assert referent.open(asked, **htmx).status == 204
    take(referent, crisis, function)
    assert referent.account.name in referent.open(asked, **htmx).text
    assert referent.open(asked).status == 302


def test_a_closed_crisis_is_read_and_offers_no_form(referent, crisis):
    function = a_function(crisis)
    a_shift(function)
    crisis.closed_at = NOON
    db.session.commit()
    for page in (
        board(referent, crisis),
        referent.get("cpts.crisis_functions.show", crisis_id=crisis.id, function_id=function.id),
    ):
        assert "Anne PETIT" in page.text
        assert page.html.select("main form, [data-live]") == []
    assert referent.get("cpts.crisis_functions.add", crisis_id=crisis.id).status == 409
    answer = referent.post(
        "cpts.crisis_functions.take", {"seen_version": 1}, crisis_id=crisis.id, function_id=function.id
    )
    assert answer.status == 409


def test_another_crisis_and_another_cpts_lead_nowhere(referent, crisis):
    elsewhere = a_crisis(CptsFactory(), referent.account)
    second = a_crisis(referent.cpts, referent.account, mode=Mode.EXERCISE)
    theirs = a_shift(a_function(elsewhere))
    function = a_function(second)
    db.session.commit()
    assert referent.get("cpts.crisis_functions.index", crisis_id=elsewhere.id).status == 404
    assert referent.get("cpts.crisis_functions.show", crisis_id=crisis.id, function_id=function.id).status == 404
    assert referent.post("cpts.crisis_functions.confirm", crisis_id=crisis.id, shift_id=theirs.id).status == 404


def test_pages_cost_the_same_for_one_function_and_for_many(referent, crisis):
    address, costs = referent.address("cpts.crisis_functions.index", crisis_id=crisis.id), []
    for rank in range(12):
        function = a_function(crisis, f"Fonction {rank}", position=rank)
        a_shift(function, f"Personne {rank}")
        a_shift(function, f"Relève {rank}", NOON + HOUR, confirmed_at=None)
        db.session.commit()
        if rank in (0, 11):
            costs.append(len(visit(referent, address).statements))
    assert costs[0] == costs[1] <= MOST_OF_A_PAGE
    show = referent.address("cpts.crisis_functions.show", crisis_id=crisis.id, function_id=function.id)
    assert len(visit(referent, show).statements) <= MOST_OF_A_PAGE


def test_who_leaves_the_directory_stays_named_in_the_crisis(referent, crisis):
    contact = ContactFactory(cpts_id=referent.cpts.id)
    name = contact.name
    shift = a_shift(a_function(crisis), name, contact_id=contact.id)
    db.session.commit()
    assert referent.post("cpts.directory.remove", contact_id=contact.id).status == 303
    assert (shift.contact_id, shift.name) == (None, name)
    assert name in board(referent, crisis).text


def test_a_moment_of_the_page_is_local(referent, crisis):
    a_shift(a_function(crisis), starts_at=datetime(2026, 11, 21, 23, 30, tzinfo=NOON.tzinfo))
    db.session.commit()
    assert "depuis 00:30" in board(referent, crisis).text
