"""The stock in a crisis and after it: taken out on a telephone, counted back on one page."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import COORDINATOR, TELEPHONE, UZEGE

CELL_MEMBER = "cellule@demo.example"
OpenAs = Callable[..., Page]


def test_boxes_go_out_in_two_gestures_on_a_telephone(open_as: OpenAs) -> None:
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    page.goto(f"{UZEGE}/stock/")
    page.get_by_role("link", name="Garrots tourniquets").click()
    batch = page.locator("#lots").get_by_role("row").nth(1)
    before = int(batch.get_by_role("cell").first.inner_text())
    batch.get_by_role("textbox").fill("4")
    button = batch.get_by_role("button", name="Sortir")
    place = button.bounding_box()
    assert place
    assert place["height"] >= 44
    button.click()
    expect(page.get_by_text(f"il en reste {before - 4}")).to_be_visible()
    expect(page.locator("#history").get_by_role("rowheader").first).to_have_text("Sortie")


def test_a_count_is_typed_back_without_javascript(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR, javascript=False)
    page.goto(f"{UZEGE}/stock/")
    page.get_by_role("link", name="Compter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compter le stock")
    page.get_by_label("Surblouses, lot S-77").fill("mille")
    page.get_by_role("button", name="Enregistrer les comptes").click()
    expect(page.get_by_role("alert")).to_contain_text("Écrivez un nombre entier")
    page.get_by_label("Surblouses, lot S-77").fill("1 111")
    page.get_by_role("button", name="Enregistrer les comptes").click()
    expect(page.get_by_text("1 lot compté")).to_be_visible()
    page.get_by_role("link", name="Surblouses").click()
    expect(page.locator("#history").get_by_role("rowheader").first).to_have_text(re.compile(r"Comptage.: 1.111"))
