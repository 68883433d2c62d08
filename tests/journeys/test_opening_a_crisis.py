"""From the dashboard of a telephone to an open crisis: the gestures are counted, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NEIGHBOUR, TELEPHONE, VIDOURLE
from tests.journeys.test_every_screen import RULES

OpenAs = Callable[..., Page]
MOST_GESTURES = 4
"""Issue 5: from the dashboard to an open crisis at most four."""
AT_ONCE = 4_000
"""Milliseconds: how long the other telephone may take to tell."""


@dataclass
class Thumb:
    """Counts what a person does: each tap, and each field typed in."""

    gestures: int = 0

    def tap(self, where: Locator) -> None:
        self.gestures += 1
        where.click()

    def type(self, where: Locator, text: str) -> None:
        self.gestures += 1
        where.fill(text)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_exercise_opens_in_four_gestures_from_its_list(open_as: OpenAs, javascript: bool) -> None:
    page, thumb = open_as(NEIGHBOUR, width=TELEPHONE, javascript=javascript), Thumb()
    title = f"Feu de forêt {javascript}"
    page.goto(f"{VIDOURLE}/crises/")
    thumb.tap(page.get_by_role("link", name="Ouvrir un exercice"))
    thumb.type(page.get_by_label("Que se passe-t-il, en quelques mots"), title)
    thumb.tap(page.get_by_label("Agent infectieux émergent"))
    thumb.tap(page.locator("button[name=level]").last)
    if page.get_by_role("button", name="En ouvrir un autre quand même").count():
        page.get_by_role("button", name="En ouvrir un autre quand même").click()
    expect(page.locator(".crisis-name")).to_contain_text(title)
    expect(page.locator(".crisis-exercise")).to_be_visible()
    assert thumb.gestures <= MOST_GESTURES
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_crisis_opens_in_four_gestures_from_the_dashboard_and_lives_elsewhere(open_as: OpenAs) -> None:
    page, thumb = open_as(NEIGHBOUR, width=TELEPHONE), Thumb()
    page.goto(f"{VIDOURLE}/")
    thumb.tap(page.locator(".context-act a"))
    thumb.type(page.get_by_label("Que se passe-t-il, en quelques mots"), "Inondation")
    thumb.tap(page.get_by_label("Altération de l’offre de soins"))
    thumb.tap(page.locator("button[name=level]").last)
    expect(page.locator(".crisis-name")).to_contain_text("Inondation")
    assert thumb.gestures <= MOST_GESTURES

    address = page.url.partition("?")[0]
    other = open_as(NEIGHBOUR, width=TELEPHONE)
    other.goto(address)
    other.get_by_label("Que se passe-t-il").fill("Je suis en train d’écrire")
    page.goto(f"{address}faits/demande/consigner")
    page.get_by_label("Autorité").fill("ARS Occitanie")
    page.get_by_role("button", name="Consigner").click()
    expect(other.locator("#trois-faits")).to_contain_text("ARS Occitanie", timeout=AT_ONCE)
    expect(other.get_by_label("Que se passe-t-il")).to_have_value("Je suis en train d’écrire")
    for path in ("", "niveau", "alerte", "fige", "faits/", "fiches", "plume", "prochain-point"):
        page.goto(f"{address}{path}")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
