"""Someone of the directory is chosen in a form: by typing with a script, by the button without one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import COORDINATOR, DESK, TELEPHONE, UZEGE
from tests.journeys.test_every_screen import RULES

OpenAs = Callable[..., Page]
NEXT_DECADE = "2036-01-01"


def choices(page: Page):
    return page.locator("#contact-choices").get_by_role("radio")


def appointment(page: Page, typed: str) -> None:
    """The form that appoints a deputy far ahead, and these words in its search box."""
    page.goto(f"{UZEGE}/referents/ajouter?rang=deputy")
    page.get_by_label("Premier jour").fill(NEXT_DECADE)
    page.get_by_label("Dernier jour").fill(NEXT_DECADE)
    page.get_by_label("Chercher dans l’annuaire").fill(typed)


@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_answers_come_while_one_types_and_are_told(open_as: OpenAs, width: int) -> None:
    page = open_as(COORDINATOR, width=width)
    appointment(page, "infirmier uzes")
    expect(choices(page)).to_have_count(10)
    expect(page.locator("#announcer")).to_have_text("Les 10 premiers contacts. Ajoutez un mot pour préciser.")
    expect(page.get_by_label("Chercher dans l’annuaire")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(choices(page).first).to_be_checked()
    chosen = page.locator("#contact-choices label").first.inner_text()
    page.get_by_label("Chercher dans l’annuaire").fill("mairie")
    expect(page.locator("#announcer")).to_have_text(re.compile("Aucun contact ne répond"))
    expect(page.locator("#contact-choices label")).to_have_text([chosen])
    expect(choices(page).first).to_be_checked()
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_enter_key_in_another_field_sends_the_form_and_not_the_search(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    appointment(page, "")
    page.get_by_label("Dernier jour").press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("Choisissez une personne de l’annuaire.")
    page.get_by_role("link", name=re.compile("Choisissez une personne")).click()
    expect(page.get_by_label("Chercher dans l’annuaire")).to_be_focused()


@pytest.mark.parametrize("sent_by", ["button", "enter key"])
def test_without_a_script_the_form_searches_and_keeps_what_was_typed(open_as: OpenAs, sent_by: str) -> None:
    page = open_as(COORDINATOR, javascript=False)
    page.goto(f"{UZEGE}/lieux/ajouter")
    page.get_by_label("Nom du lieu").fill("Salle du Duché")
    page.get_by_label("Agent infectieux émergent").check()
    page.get_by_label("Chercher dans l’annuaire").fill("mairie uzes")
    if sent_by == "button":
        page.get_by_role("button", name="Chercher").click()
    else:
        page.get_by_label("Chercher dans l’annuaire").press("Enter")
    expect(choices(page).first).to_be_focused()
    expect(page.locator(".error-summary")).to_have_count(0)
    expect(page.get_by_label("Nom du lieu")).to_have_value("Salle du Duché")
    expect(page.get_by_label("Agent infectieux émergent")).to_be_checked()
    page.locator("#contact-choices").get_by_label("Mairie de Uzès").check()
    page.get_by_role("button", name="Ajouter le lieu").click()
    expect(page.locator("main h1")).to_have_text("Salle du Duché")
    expect(page.get_by_role("link", name="04 65 71 00 00")).to_be_visible()
    page.get_by_role("link", name="Retirer le lieu").click()
    page.get_by_role("button", name="Retirer le lieu").click()
    expect(page.locator("main h1")).to_have_text("Lieux mobilisables")
