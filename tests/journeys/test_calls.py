"""A communications test run from telephones: two callers share a list, and each sees what the other does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import REFERENT, TELEPHONE, UZEGE
from tests.journeys.test_every_screen import RULES

OpenAs = Callable[..., Page]
CALLER = "cellule@demo.example"
AT_ONCE = 4_000
"""Milliseconds: how long the other telephone may take to tell."""
THUMB = 44


def start_a_test(page: Page, title: str) -> str:
    """Open a test of the crisis cell; returns the address of its list."""
    page.goto(f"{UZEGE}/appels/commencer")
    page.get_by_role("link", name="Cellule de crise", exact=True).last.click()
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Message").fill("Ceci est un test.")
    page.get_by_role("button", name="Ouvrir le test").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def next_person(page: Page, title: str) -> None:
    """From the list of this title to the page of someone to call, once it is there."""
    page.get_by_role("button", name="Prochaine personne").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)


def line_of(page: Page, name: str) -> Locator:
    return page.locator(".call-line").filter(has_text=name)


def test_two_callers_share_a_list_on_their_telephones(open_as: OpenAs) -> None:
    mine, theirs = open_as(CALLER, width=TELEPHONE), open_as(REFERENT, width=TELEPHONE)
    theirs.goto(start_a_test(mine, "Test à deux"))
    next_person(mine, "Test à deux")
    name = mine.get_by_role("heading", level=1).inner_text()
    expect(line_of(theirs, name)).to_contain_text("Luc Fabre appelle", timeout=AT_ONCE)

    address = theirs.url
    line_of(theirs, name).get_by_role("button", name="J’appelle").click()
    expect(theirs.locator("main")).to_contain_text("Luc Fabre appelle cette personne en ce moment")
    theirs.goto(address)

    mine.get_by_label("Joint", exact=True).check()
    mine.get_by_label("Vient", exact=True).check()
    mine.get_by_label("À partir de quelle heure").fill("23:45")
    mine.get_by_role("button", name="Noter et appeler la suivante").click()
    expect(mine.get_by_role("heading", level=1)).not_to_have_text(name)
    expect(line_of(theirs, name)).to_contain_text("vient à partir du", timeout=AT_ONCE)
    expect(theirs.locator("#mesures")).to_contain_text(re.compile("Personnes jointes\\s+1 sur"))


def test_the_open_page_keeps_its_person_by_itself(open_as: OpenAs) -> None:
    """Back from the telephone, the page asks again; once the person is somebody else’s, it shows no number any more."""
    mine, theirs = open_as(CALLER, width=TELEPHONE), open_as(REFERENT, width=TELEPHONE)
    address = start_a_test(mine, "Test gardé")
    expect(mine.locator("[href^='tel:']")).to_have_count(0)
    mine.locator(".call-line").first.get_by_role("button", name="J’appelle").click()
    expect(mine.locator("[href^='tel:']").first).to_be_visible()
    with mine.expect_response("**/garder") as asked:
        mine.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert asked.value.status == 204

    person = mine.url
    elsewhere = mine.context.new_page()
    elsewhere.goto(person)
    elsewhere.get_by_role("button", name="Rendre à la liste").click()
    expect(elsewhere.locator("#personnes")).to_be_visible()
    theirs.goto(person)
    theirs.get_by_role("button", name="J’appelle").click()
    expect(theirs.locator("[href^='tel:']").first).to_be_visible()
    mine.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(mine.locator("#garde")).to_contain_text("appelle cette personne en ce moment")
    expect(mine.locator("[href^='tel:']")).to_have_count(0)
    assert address in person


def test_what_comes_by_itself_moves_nobody_and_says_how_old_it_is(open_as: OpenAs) -> None:
    mine, theirs = open_as(CALLER, width=TELEPHONE), open_as(REFERENT, width=TELEPHONE)
    theirs.goto(start_a_test(mine, "Test tranquille"))
    button = theirs.locator(".call-line").last.get_by_role("button", name="J’appelle")
    button.focus()
    before = button.bounding_box()
    expect(theirs.locator("[data-age]")).to_have_text(re.compile(r"À jour il y a [0-4] s\."))
    mine.get_by_role("button", name="Prochaine personne").click()
    expect(theirs.locator(".call-lines")).to_contain_text("Luc Fabre appelle", timeout=AT_ONCE)
    expect(button).to_be_focused()
    assert button.bounding_box() == before


def test_a_telephone_that_hears_nothing_more_says_so_and_catches_up(open_as: OpenAs) -> None:
    mine, theirs = open_as(CALLER, width=TELEPHONE), open_as(REFERENT, width=TELEPHONE)
    theirs.goto(start_a_test(mine, "Test sans réseau"))
    theirs.context.set_offline(True)
    expect(theirs.locator("[data-age]")).to_contain_text("Sans nouvelles depuis")
    mine.get_by_role("button", name="Prochaine personne").click()
    theirs.context.set_offline(False)
    expect(theirs.locator(".call-lines")).to_contain_text("Luc Fabre appelle", timeout=AT_ONCE)
    expect(theirs.locator("[data-age]")).to_contain_text("À jour il y a")


def test_everything_works_without_javascript(open_as: OpenAs) -> None:
    page = open_as(CALLER, width=TELEPHONE, javascript=False)
    address = start_a_test(page, "Test sans script")
    page.get_by_role("button", name="Prochaine personne").click()
    page.get_by_label("Pas de réponse").check()
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator(".call-state").filter(has_text="Pas de réponse")).to_have_count(1)
    page.get_by_role("link", name="Clore la liste").click()
    page.get_by_role("button", name="Clore la liste").click()
    expect(page.get_by_role("button", name="Prochaine personne")).to_have_count(0)
    assert page.request.get(f"{address}preuve.pdf").headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("width", [320, TELEPHONE])
def test_the_pages_of_a_call_fit_a_thumb_and_everyone(open_as: OpenAs, width: int) -> None:
    page, axe = open_as(CALLER, width=width), Axe()
    start_a_test(page, f"Test au pouce {width}")
    for step in ("the list", "one person"):
        assert axe.run(page, options=RULES).response["violations"] == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= width, step
        for target in page.locator("main .button").all():
            box = target.bounding_box()
            assert box, step
            assert min(box["width"], box["height"]) >= THUMB, f"{step}: {target.inner_text()}"
        if step == "the list":
            next_person(page, f"Test au pouce {width}")
