"""Time and actions on screen: one gesture for oneself, one form for a team, both counts line by line."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.mobilisation import acting, queries
from crisis_plan.pilotage.mobilisation.acting import Done
from crisis_plan.pilotage.mobilisation.who import Who
from tests.browser import Browser, filled
from tests.crawl import visit
from tests.factories import NOON, AccountFactory, CptsFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.mobilisation.factories import known, unknown, worked
from tests.pilotage.tasks.factories import a_card, a_task
from tests.statements import most_statements

HOUR = timedelta(hours=1)
INDEX = "cpts.mobilisation.index"
PAST = {"starts": "2026-11-22T08:00", "ends": "2026-11-22T12:30"}


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    made = a_crisis(cpts, account)
    db.session.commit()
    return made


def names(crisis: Crisis) -> list[str]:
    return [line.name for line in queries.people(crisis)]


def test_one_begins_and_finishes_in_one_gesture_each(cell_member: Browser, crisis: Crisis) -> None:
    page = cell_member.get(INDEX, crisis_id=crisis.id)
    page = cell_member.submit(page, 'form[action$="je-commence"]').follow()
    assert page.texts("#au-travail ~ ul li")
    page = cell_member.submit(page, 'form[action$="je-termine"]').follow()
    assert page.texts('form[action$="je-commence"] button') == ["Je commence"]
    (time,) = queries.counted_times(crisis)
    assert time.ends_at is not None
    assert logbook.last_number(crisis) == 2


def test_a_team_is_noted_in_one_form(cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account) -> None:
    seen, anne = known(cpts, "Faure", "Luc"), known(cpts)
    worked(crisis, account, NOON, NOON + HOUR, seen)
    db.session.commit()
    typed = {**PAST, "ticked": [seen.key], "contact": str(anne.contact_id), "others": "Paul Roux, médecin\n\nZoé Blanc"}
    cell_member.post("cpts.mobilisation.save_time", typed, crisis_id=crisis.id)
    assert sorted(names(crisis)) == ["Anne PETIT", "Luc FAURE", "Paul Roux", "Zoé Blanc"]
    assert logbook.last_number(crisis) == 2


def test_people_are_added_to_the_list_one_after_the_other(cell_member: Browser, cpts: Cpts, crisis: Crisis) -> None:
    anne, luc = known(cpts), known(cpts, "Faure", "Luc")
    db.session.commit()
    typed = {**PAST, "contact": str(anne.contact_id), "contact-q": "Anne", "contact-seen": "Anne", "add": "1"}
    page = cell_member.post("cpts.mobilisation.save_time", typed, crisis_id=crisis.id)
    assert page.texts(".error-summary") == []
    again = filled(page.html.select("main form")[0])
    assert again["ticked"] == [anne.key]
    assert again["contact-q"] == ""
    final = {**again, "contact": str(luc.contact_id)}
    assert cell_member.post("cpts.mobilisation.save_time", final, crisis_id=crisis.id).status == 303
    assert names(crisis) == ["Anne PETIT", "Luc FAURE"]


def test_nobody_of_another_cpts_is_ticked(cell_member: Browser, crisis: Crisis) -> None:
    stranger = known(CptsFactory(), "Étranger")
    db.session.commit()
    page = cell_member.post("cpts.mobilisation.save_time", {**PAST, "ticked": [stranger.key]}, crisis_id=crisis.id)
    assert page.status == 422
    assert "TRANGER" not in page.text
    assert names(crisis) == []


def test_a_refused_time_keeps_all_that_was_typed(cell_member: Browser, crisis: Crisis) -> None:
    typed = {**PAST, "ends": "2026-11-22T07:00", "others": "Paul Roux, médecin", "what": "Vaccination"}
    page = cell_member.post("cpts.mobilisation.save_time", typed, crisis_id=crisis.id)
    assert page.texts(".error-summary a") == ["Au : La fin est avant le début, ou au même moment."]
    kept = filled(page.html.select("main form")[0])
    assert {name: kept[name].strip() for name in typed} == typed
    nobody = cell_member.post("cpts.mobilisation.save_time", PAST, crisis_id=crisis.id)
    assert "Dites qui" in nobody.text


def test_a_sentence_instead_of_a_name_is_refused(cell_member: Browser, crisis: Crisis) -> None:
    page = cell_member.post(
        "cpts.mobilisation.save_time", {**PAST, "others": ", médecin\n" + "x" * 200}, crisis_id=crisis.id
    )
    assert "Écrivez par ligne un nom" in page.text


def test_those_who_finish_are_ticked(cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account) -> None:
    anne, paul = worked(crisis, account, NOON, None, known(cpts), unknown())
    db.session.commit()
    typed = {"ticked": [str(anne.id)], "ends": "2026-11-22T14:00"}
    cell_member.post("cpts.mobilisation.finish", typed, crisis_id=crisis.id)
    assert [one.id for one in queries.at_work(crisis)] == [paul.id]
    too_early = cell_member.post(
        "cpts.mobilisation.finish", {"ticked": [str(paul.id)], "ends": "2026-11-22T12:00"}, crisis_id=crisis.id
    )
    assert too_early.texts(".error-summary a") == ["Fin : La fin est avant le début, ou au même moment."]


def test_an_action_is_a_card_of_this_type_first_or_words(cell_member: Browser, cpts: Cpts, crisis: Crisis) -> None:
    first, other = a_card(cpts, "Afflux de malades"), a_card(cpts, "Rejet radioactif")
    first.crisis_types, other.crisis_types = [crisis.crisis_type.value], ["radiological"]
    db.session.commit()
    page = cell_member.get("cpts.mobilisation.add_action", crisis_id=crisis.id, fiche=other.id)
    assert page.texts("select[name=card] option") == ["Aucune de ces fiches", "Afflux de malades", "Rejet radioactif"]
    assert page.texts("option[selected]") == ["Rejet radioactif"]
    typed = {"happened": "2026-11-22T08:00", "others": "Paul Roux"}
    for what in ({"card": str(first.id)}, {"card": str(first.id), "what": "Encore"}, {"label": "Tournée"}):
        cell_member.post("cpts.mobilisation.save_action", {**typed, **what}, crisis_id=crisis.id)
    assert [line.label for line in queries.actions(crisis)] == ["Afflux de malades", "Tournée"]
    both = {**typed, "card": str(first.id), "label": "Tournée"}
    assert "pas les deux" in cell_member.post("cpts.mobilisation.save_action", both, crisis_id=crisis.id).text
    neither = cell_member.post("cpts.mobilisation.save_action", typed, crisis_id=crisis.id)
    assert "Choisissez une fiche du plan" in neither.text


def test_a_proposed_card_is_counted_by_one_press(cell_member: Browser, cpts: Cpts, crisis: Crisis) -> None:
    card = a_card(cpts, "Canicule")
    a_task(crisis, card_id=card.id, card_title=card.title, state="done")
    db.session.commit()
    page = cell_member.get(INDEX, crisis_id=crisis.id)
    assert page.texts(".stat dd")[1] == "0"
    cell_member.submit(page, f'form[action$="{card.id}"]')
    cell_member.submit(page, f'form[action$="{card.id}"]')
    assert [len(line.times) for line in queries.actions(crisis)] == [1]


def test_a_doubt_about_a_person_is_settled_by_one_press(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    worked(crisis, account, NOON, NOON + HOUR, known(cpts))
    worked(crisis, account, NOON + HOUR, NOON + 2 * HOUR, unknown("Anne Petit", "Infirmier"))
    db.session.commit()
    page = cell_member.get(INDEX, crisis_id=crisis.id)
    assert page.texts(".stat dd")[0] == "2"
    for _ in range(2):
        cell_member.submit(page, 'form[action$="une-seule"]')
    page = cell_member.get(INDEX, crisis_id=crisis.id)
    assert (page.texts(".stat dd"), page.texts(".notice-title")) == (["1", "0", "2 h"], [])
    assert logbook.last_number(crisis) == 3


def test_what_is_withdrawn_stays_on_the_page(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    (time,) = worked(crisis, account, NOON, NOON + HOUR, unknown())
    action = acting.record(cpts, crisis, Done(NOON, label="Tournée"), [unknown()], by=account, at=NOON)
    db.session.commit()
    for kind, row in (("time", {"time_id": time.id}), ("action", {"action_id": action.id})):
        page = cell_member.get(f"cpts.mobilisation.ask_withdraw_{kind}", crisis_id=crisis.id, **row)
        refused = cell_member.submit(page)
        assert refused.status == 422
        page = cell_member.submit(page, fields={"reason": "Noté deux fois"}).follow()
        assert len(page.texts("li del")) == 1
    assert names(crisis) == []


def test_both_counts_are_exported_line_by_line(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    anne = known(cpts)
    worked(crisis, account, NOON, NOON + HOUR, anne, unknown())
    acting.record(cpts, crisis, Done(NOON, label="Tournée"), [anne], by=account, at=NOON)
    acting.record(cpts, crisis, Done(NOON, label="=SOMME(1)"), [], by=account, at=NOON)
    db.session.commit()
    answer = cell_member.get("cpts.mobilisation.export", crisis_id=crisis.id)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row[0], row[1], row[3], row[6]) for row in rows[1:]] == [
        ("Temps", "Anne PETIT", "", "60"),
        ("Temps", "Paul Roux", "", "60"),
        ("Action", "Anne PETIT", "Tournée", ""),
        ("Action", "", "'=SOMME(1)", ""),
    ]
    sheet = cell_member.get("cpts.mobilisation.pdf", crisis_id=crisis.id)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(sheet.content)).pages)
    for said in ("Anne PETIT", "Paul Roux", "Tournée", "Professionnels mobilisés", "sceau"):
        assert said in " ".join(text.split())


def test_an_exercise_says_what_its_counts_are_not_for(cell_member: Browser, cpts: Cpts, account: Account) -> None:
    played = a_crisis(cpts, account, mode=Mode.EXERCISE)
    db.session.commit()
    assert "jamais à une demande de paiement" in cell_member.get(INDEX, crisis_id=played.id).text


def test_a_closed_crisis_is_read_and_offers_no_form(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    worked(crisis, account, NOON, None, known(cpts))
    crisis.closed_at = clock.now()
    db.session.commit()
    for page in ("index", "people", "times", "actions"):
        shown = cell_member.get(f"cpts.mobilisation.{page}", crisis_id=crisis.id)
        assert shown.html.select('main form[method="post"]') == []
    refused = cell_member.get("cpts.mobilisation.add_time", crisis_id=crisis.id)
    assert refused.status == 409


def test_a_live_page_hears_nothing_while_nothing_is_new(cell_member: Browser, crisis: Crisis, account: Account) -> None:
    worked(crisis, account, NOON, NOON + HOUR, unknown())
    db.session.commit()
    assert cell_member.fragment(INDEX, crisis_id=crisis.id, after=1).status == 204
    assert cell_member.fragment(INDEX, crisis_id=crisis.id, after=0).texts(".stat dd")[0] == "1"


@pytest.mark.parametrize("name", ["index", "people", "times", "actions", "add_time", "add_action", "ask_finish"])
def test_a_page_asks_the_database_as_often_for_three_as_for_one(
    cell_member: Browser, cpts: Cpts, crisis: Crisis, account: Account, name: str
) -> None:
    endpoint, costs = f"cpts.mobilisation.{name}", []
    for number in range(3):
        who = known(cpts, f"Nom{number}")
        a_shift(crisis, f"Fonction {number}", known(cpts, f"Service{number}"))
        worked(crisis, account, NOON, None, who, unknown(f"Autre {number}"))
        acting.record(cpts, crisis, Done(NOON, label=f"Action {number}"), [who], by=account, at=NOON)
        card = a_card(cpts, f"Fiche {number}")
        a_task(crisis, card_id=card.id, card_title=card.title, state="done")
        db.session.commit()
        seen = visit(cell_member, cell_member.address(endpoint, crisis_id=crisis.id), endpoint)
        costs.append(len(seen.statements))
    assert costs[0] == costs[-1]
    assert costs[-1] <= most_statements(endpoint)


def test_who_is_on_duty_is_offered_with_their_profession(cell_member: Browser, cpts: Cpts, crisis: Crisis) -> None:
    a_shift(crisis, "Logistique", known(cpts))
    db.session.commit()
    page = cell_member.get("cpts.mobilisation.add_time", crisis_id=crisis.id)
    assert page.texts("#ticked label") == ["Anne PETIT (Infirmier)"]


def a_shift(crisis: Crisis, function: str, who: Who) -> None:
    """Somebody holds a function since the opening."""
    held = CrisisFunction(crisis_id=crisis.id, position=1, name=function)
    held.shifts = [Shift(name=who.name, contact_id=who.contact_id, starts_at=NOON)]
    db.session.add(held)
