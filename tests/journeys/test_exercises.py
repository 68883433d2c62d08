"""An exercise from its place in the programme to its attendance, ticked on a telephone; then one's own calendar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import COORDINATOR, TELEPHONE, UZEGE

OpenAs = Callable[..., Page]


def plan(page: Page, title: str, day: str) -> None:
    """Add a table-top exercise to the programme; the page of the exercise is shown then."""
    page.goto(f"{UZEGE}/exercices/ajouter")
    page.get_by_label("Nature").select_option("Exercice sur table")
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Date prévue").fill(day)
    page.get_by_role("button", name="Ajouter au programme").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_people_are_invited_and_ticked_on_a_telephone(open_as: OpenAs, javascript: bool) -> None:
    page = open_as(COORDINATOR, width=TELEPHONE, javascript=javascript)
    plan(page, f"Neige, {'avec' if javascript else 'sans'} script", "2030-01-15")
    page.get_by_role("link", name="Inviter", exact=True).click()
    page.get_by_label("Profession").select_option("Sage-Femme")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**profession=Sage-Femme**")
    boxes = page.locator("#contacts input[type=checkbox]")
    expect(page.locator("#contacts .choice .hint").first).to_contain_text("Sage-Femme")
    for rank in range(2):
        boxes.nth(rank).check()
    page.get_by_role("button", name="Inviter les personnes cochées").click()
    expect(page.locator("main")).to_contain_text("2 personnes ajoutées")
    page.locator("main .choice input").first.check()
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.locator("main")).to_contain_text("2 invités, 1 présent")
    expect(page.locator("main .choice input").first).to_be_checked()


def test_what_took_place_is_told_with_its_lessons(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    plan(page, "Feu de garrigue", "2026-01-15")
    page.get_by_role("link", name="A eu lieu le…").click()
    page.get_by_label("Leçons à retenir").fill("Un double des clés\nUne carte imprimée")
    page.get_by_role("button", name="Enregistrer le compte rendu").click()
    expect(page.locator("main .badge").first).to_have_text("A eu lieu")
    expect(page.locator("main ol.measure li")).to_contain_text(["Un double des clés", "Une carte imprimée"])


def test_the_year_is_changed_without_leaving_the_page(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    plan(page, "Crue de l’an prochain", "2031-03-01")
    page.goto(f"{UZEGE}/exercices/")
    page.get_by_label("Année").select_option("2031")
    expect(page.locator("#programme tbody th")).to_have_text(["Crue de l’an prochain"])
    expect(page).to_have_url(f"{page.url.partition('?')[0]}?annee=2031&nature=")


def test_a_private_address_is_made_read_and_taken_back(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto(f"{UZEGE}/calendrier/mon-agenda")
    take_back = page.get_by_role("button", name="Retirer cette adresse")
    if take_back.count():
        take_back.click()
    page.get_by_role("button", name="Créer mon adresse privée").click()
    address = page.get_by_label("Votre adresse privée").input_value()
    application = open_as()
    read = application.request.get(address)
    assert (read.status, read.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "BEGIN:VCALENDAR" in read.text()
    page.get_by_role("button", name="Retirer cette adresse").click()
    expect(page.get_by_role("button", name="Créer mon adresse privée")).to_be_visible()
    assert application.request.get(address).status == 410
