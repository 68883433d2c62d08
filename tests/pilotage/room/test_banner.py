"""A crisis under way is said on every page of its CPTS, to those who may read it; an exercise says what it is."""

from __future__ import annotations

import pytest

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from tests.browser import Browser
from tests.factories import NOON
from tests.pilotage.crises.factories import a_crisis


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def both(referent: Browser, cpts: Cpts) -> None:
    assert referent.account
    a_crisis(cpts, referent.account, title="Feu")
    a_crisis(cpts, referent.account, title="Grippe", mode=Mode.EXERCISE)
    db.session.commit()


def banners(browser: Browser, endpoint: str = "cpts.dashboard.show", **values: object) -> list[str]:
    return browser.get(endpoint, **values).texts(".crisis strong")


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("endpoint", ["cpts.dashboard.show", "cpts.directory.index", "cpts.stock.index"])
def test_every_page_says_what_is_under_way_the_real_one_first(cell_member: Browser, endpoint: str) -> None:
    assert banners(cell_member, endpoint) == ["Crise n° 1 : Feu", "Exercice n° 1 : Grippe"]
    assert len(cell_member.get(endpoint).html.select(".crisis.exercise")) == 1


@pytest.mark.usefixtures("both")
def test_neither_adherents_nor_institutions_nor_neighbours_see_it(
    adherent: Browser, ars_reader: Browser, stranger: Browser, cpts: Cpts
) -> None:
    assert banners(adherent, "cpts.own_cards.index") == []
    assert banners(ars_reader, "cpts.publication.index") == []
    assert "Feu" not in stranger.open("/").text


@pytest.mark.usefixtures("both")
def test_the_room_of_one_says_the_other(referent: Browser) -> None:
    address = referent.get("cpts.room.index").links(".crisis-list a")["Exercice n° 1 : Grippe"]
    page = referent.open(address)
    assert page.texts(".crisis strong") == ["Crise n° 1 : Feu"]
    assert page.texts(".crisis-exercise") == ["EXERCICE – rien de ce qui suit n’est réel"]


@pytest.mark.usefixtures("both")
def test_beside_a_real_crisis_an_exercise_is_one_line_under_it(referent: Browser) -> None:
    address = referent.get("cpts.room.index").links(".crisis-list a")["Crise n° 1 : Feu"]
    page = referent.open(address)
    assert page.texts(".crisis-head ~ .crisis.is-aside a") == ["Exercice n° 1 : Grippe"]
    assert page.html.select(".crisis:has(~ .crisis-head)") == []
    assert referent.get("cpts.stock.index").texts(".crisis ~ .crisis.is-aside a") == ["Exercice n° 1 : Grippe"]


def test_an_exercise_leaves_the_red_button_as_it_is(referent: Browser, cpts: Cpts) -> None:
    assert referent.account
    a_crisis(cpts, referent.account, title="Grippe", mode=Mode.EXERCISE)
    db.session.commit()
    room = referent.get("cpts.room.index").links(".crisis-list a")["Exercice n° 1 : Grippe"]
    for page in (referent.get("cpts.stock.index"), referent.open(room)):
        assert page.texts(".context .button.urgent") == ["Ouvrir une crise"]


def test_without_a_crisis_the_button_is_there_for_who_may_open(cell_member: Browser, adherent: Browser) -> None:
    assert cell_member.get("cpts.stock.index").texts(".context .button") == ["Ouvrir une crise"]
    assert adherent.get("cpts.own_cards.index").texts(".context .button") == []


def test_the_list_sets_exercises_apart_and_what_is_over_below(referent: Browser, cpts: Cpts) -> None:
    assert referent.account
    over = a_crisis(cpts, referent.account, title="Ancienne")
    over.closed_at = NOON
    a_crisis(cpts, referent.account, title="Grippe", mode=Mode.EXERCISE)
    db.session.commit()
    page = referent.get("cpts.room.index")
    assert page.texts(".crisis-line:not(.is-past) a") == ["Exercice n° 1 : Grippe"]
    assert page.texts(".crisis-line.is-past a") == ["Crise n° 1 : Ancienne"]
    assert page.texts(".crisis-line.is-exercise .badge")[0] == "Exercice"
    assert banners(referent) == ["Exercice n° 1 : Grippe"]
