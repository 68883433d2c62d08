"""The page of a crisis lives: what changed arrives alone, and knowing that nothing did is cheap."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta

import pytest

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.room import conduct
from tests.browser import Browser, Page
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis
from tests.statements import counted_statements

LIGHT = 15_000
"""Bytes, compressed, of a page of a crisis that someone has open already (style, « A page is light »)."""
GUARD = 1
"""Statements of who is it, and may they."""


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def crisis(referent: Browser, cpts: Cpts) -> Crisis:
    assert referent.account
    found = a_crisis(cpts, referent.account)
    db.session.commit()
    write(referent, found, "Première nouvelle")
    return found


def write(browser: Browser, crisis: Crisis, text: str, kind: EntryKind = EntryKind.INFORMATION) -> int:
    assert browser.account
    number = append_entry(crisis, Written(kind, text), by=browser.account, at=NOON).number
    db.session.commit()
    return number


def follow(browser: Browser, crisis: Crisis, after: int, seen_at: datetime = NOON) -> Page:
    return browser.fragment("cpts.room.follow", crisis_id=crisis.id, after=after, vu=int(seen_at.timestamp()))


def test_nothing_new_is_said_in_two_light_statements(cell_member: Browser, crisis: Crisis) -> None:
    address = cell_member.address("cpts.room.follow", crisis_id=crisis.id, after=1, vu=int(NOON.timestamp()))
    with counted_statements() as sent:
        answer = cell_member.open(address, headers={"HX-Request": "true"})
    asked = [one for one in sent if one.startswith("SELECT")]
    assert answer.status == 204
    assert len(asked) == GUARD + 2, asked


def test_a_new_entry_comes_on_top_and_touches_no_field(cell_member: Browser, referent: Browser, crisis: Crisis) -> None:
    number = write(referent, crisis, "Centre ouvert")
    answer = follow(cell_member, crisis, after=1)
    assert answer.texts("[hx-swap-oob='afterbegin:#entrees'] .entry-text") == ["Centre ouvert"]
    assert f"after={number}" in str(answer.html.select_one("#suivi"))
    assert answer.html.select("textarea, input:not([type=hidden])") == []


def test_what_somebody_else_was_just_told_costs_no_more_than_nothing(
    cell_member: Browser, referent: Browser, crisis: Crisis
) -> None:
    write(referent, crisis, "Centre ouvert")
    follow(referent, crisis, after=1)
    address = cell_member.address("cpts.room.follow", crisis_id=crisis.id, after=1, vu=int(NOON.timestamp()))
    with counted_statements() as sent:
        answer = cell_member.open(address, headers={"HX-Request": "true"})
    asked = [one for one in sent if one.startswith("SELECT")]
    assert answer.texts("#entree-2 .entry-text") == ["Centre ouvert"]
    assert len(asked) == GUARD + 2, asked


def test_two_crises_never_tell_each_other_s_news(cell_member: Browser, referent: Browser, crisis: Crisis) -> None:
    assert referent.account
    other = a_crisis(crisis.cpts, referent.account, mode=Mode.EXERCISE)
    for one, text in ((crisis, "Ici"), (other, "Là-bas"), (other, "Là-bas encore")):
        write(referent, one, text)
    told = [follow(cell_member, one, after=1).texts(".entry-text") for one in (crisis, other)]
    assert told == [["Ici"], ["Là-bas encore"]]


def test_what_was_written_after_the_count_waits_for_the_next_poll(referent: Browser, crisis: Crisis) -> None:
    for text in ("Deuxième", "Troisième"):
        write(referent, crisis, text)
    assert [one.number for one in logbook.entries_after(crisis, 1, until=2)] == [2]


def test_the_frame_comes_only_when_it_moved(cell_member: Browser, referent: Browser, crisis: Crisis) -> None:
    assert cell_member.account
    (poller,) = referent.get("cpts.room.show", crisis_id=crisis.id).html.select("[data-live]")
    write(cell_member, crisis, "Centre ouvert")
    answer = referent.open(str(poller["hx-get"]), headers={"HX-Request": "true"})
    assert answer.html.select("#entree-2")
    assert answer.html.select("#cadre") == []
    conduct.hand_pen(crisis, cell_member.account, by=cell_member.account, at=NOON)
    db.session.commit()
    (poller,) = answer.html.select("[data-live]")
    answer = referent.open(str(poller["hx-get"]), headers={"HX-Request": "true"})
    assert cell_member.account.name in answer.texts("#cadre")[0]


def test_the_poller_of_the_page_starts_at_what_it_shows(cell_member: Browser, crisis: Crisis) -> None:
    page = cell_member.get("cpts.room.show", crisis_id=crisis.id)
    (poller,) = page.html.select("[data-live]")
    assert cell_member.open(str(poller["hx-get"]), headers={"HX-Request": "true"}).status == 204


def test_a_level_and_the_pen_arrive_by_themselves(referent: Browser, cell_member: Browser, crisis: Crisis) -> None:
    assert cell_member.account
    conduct.hand_pen(crisis, cell_member.account, by=cell_member.account, at=NOON)
    db.session.commit()
    answer = follow(referent, crisis, after=1)
    assert cell_member.account.name in answer.texts("#cadre")[0]
    assert answer.html.select("#fonctions[hx-swap-oob]")


def test_a_fact_arrives_by_itself(referent: Browser, cell_member: Browser, crisis: Crisis) -> None:
    page = referent.get("cpts.facts.new", crisis_id=crisis.id, kind="demande")
    referent.submit(page, fields={"body": "ARS Occitanie"})
    answer = follow(cell_member, crisis, after=1)
    assert "ARS Occitanie" in answer.texts("#trois-faits .is-recorded")[0]


def test_a_plain_fact_moves_neither_tasks_nor_functions(
    cell_member: Browser, referent: Browser, crisis: Crisis
) -> None:
    write(referent, crisis, "Vent d’ouest")
    answer = follow(cell_member, crisis, after=1)
    assert answer.html.select("#taches, #fonctions, #premiere-heure") == []


def test_the_countdown_goes_on_without_an_entry(
    cell_member: Browser, crisis: Crisis, monkeypatch: pytest.MonkeyPatch
) -> None:
    crisis.next_point_at = NOON + timedelta(minutes=30)
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=10))
    answer = follow(cell_member, crisis, after=1)
    assert answer.texts("#cadre .badge")[0] == "dans 20 min"
    assert follow(cell_member, crisis, after=1, seen_at=NOON + timedelta(minutes=10)).status == 204


def test_silence_is_said_and_an_entry_ends_it(
    cell_member: Browser, crisis: Crisis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=75))
    page = cell_member.get("cpts.room.show", crisis_id=crisis.id)
    assert "Rien noté depuis 1 h 15." in page.texts("#suivi")[0]
    cell_member.post("cpts.room.tick", crisis_id=crisis.id, line="ars")
    assert "Rien noté" not in cell_member.get("cpts.room.show", crisis_id=crisis.id).text


def test_many_entries_at_once_replace_the_list(referent: Browser, cell_member: Browser, crisis: Crisis) -> None:
    for number in range(60):
        write(referent, crisis, f"Fait {number}")
    answer = follow(cell_member, crisis, after=1)
    assert len(answer.html.select("#entrees[hx-swap-oob=true] > li")) == 50


def test_a_crisis_closed_meanwhile_stops_asking(cell_member: Browser, crisis: Crisis) -> None:
    crisis.closed_at = NOON
    db.session.commit()
    answer = follow(cell_member, crisis, after=1)
    assert "Close" in answer.texts("#suivi")[0]
    assert answer.html.select("[data-live]") == []


def test_what_is_followed_by_hand_is_the_page(cell_member: Browser, crisis: Crisis) -> None:
    answer = cell_member.get("cpts.room.follow", crisis_id=crisis.id)
    assert answer.location.endswith(f"/crises/{crisis.id}/")


@pytest.mark.parametrize("vu", ["", "lune", "-1", "99999999999999999999"])
def test_a_strange_clock_breaks_nothing(cell_member: Browser, crisis: Crisis, vu: str) -> None:
    answer = cell_member.fragment("cpts.room.follow", crisis_id=crisis.id, after=1, vu=vu)
    assert answer.status in (200, 204)


def test_the_page_is_light_whatever_the_length_of_the_log(referent: Browser, crisis: Crisis) -> None:
    for number in range(40):
        write(referent, crisis, f"Fait {number} : la mairie de la commune {number} signale une coupure")
    page = referent.get("cpts.room.show", crisis_id=crisis.id)
    assert len(gzip.compress(page.content)) < LIGHT
