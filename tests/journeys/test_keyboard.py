"""Without a mouse: everything is reached by Tab, and one always sees where one is."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from crisis_plan.access.routes import DEMO_PASSWORD
from tests.journeys.conftest import COORDINATOR

OpenAs = Callable[..., Page]
MOST_STEPS = 120
WHERE = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const isPart = !one.matches(":focus"); // the calendar of a date: the browser draws its own ring around it
    const label = one.labels?.[0]?.innerText || one.getAttribute("aria-label") || one.innerText || "";
    return {
        said: label.replace(/\\s+/g, " ").trim(),
        name: one.tagName.toLowerCase(),
        drawn: isPart || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
        onScreen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    };
}"""


def test_a_coordinator_signs_in_writes_and_saves_a_section_by_the_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as()
    page.goto("/connexion")
    tab_to(page, "Adresse e-mail")
    page.keyboard.type(COORDINATOR)
    tab_to(page, "Mot de passe")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tableau de bord")

    tab_to(page, "Plan", "a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Le plan")
    tab_to(page, "Pilotage", "a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pilotage")
    tab_to(page, "Modifier", "a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/modifier$"))
    tab_to(page, "Texte de la rubrique")
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\n\nÉcrit sans souris.")
    tab_to(page, "Enregistrer la rubrique", "button")
    page.keyboard.press("Enter")
    expect(page.locator("[data-flash=success]")).to_contain_text("est enregistrée")
    expect(page.get_by_text("Écrit sans souris.")).to_be_visible()


def test_the_first_step_of_every_page_skips_to_its_content(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE)["said"] == "Aller au contenu"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_on_a_telephone_the_menu_opens_by_the_keyboard(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR, width=360)
    page.goto("/")
    tab_to(page, "Menu", "summary")
    page.keyboard.press("Enter")
    tab_to(page, "Annuaire", "a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Annuaire")


def tab_to(page: Page, words: str, name: str = "") -> None:
    """Press Tab until the focus is on what begins with these words; at each step one sees where it is."""
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here["name"] == "body":
            continue
        assert here["drawn"], f"{page.url}: nothing shows that the focus is on « {here['said']} » ({here['name']})"
        assert here["onScreen"], f"{page.url}: the focus is off the screen, on « {here['said']} » ({here['name']})"
        passed.append(here["said"])
        if is_named(here["said"], words) and (not name or here["name"] == name):
            return
    raise AssertionError(f"{page.url}: Tab never reaches « {words} », only {passed}")


def is_named(said: str, words: str) -> bool:
    """« 3. Pilotage » and « Modifier la rubrique » are Pilotage and Modifier; « Plan de crise » is not Plan."""
    said = said.lstrip("0123456789. ")
    return said == words if words == "Plan" else said.startswith(words)
