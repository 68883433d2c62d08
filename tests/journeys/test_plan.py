"""The plan: written by several people, published, read by those who need it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from crisis_plan import clock
from tests.journeys.conftest import ADHERENT, ARS, COORDINATOR, REFERENT, TELEPHONE, UZEGE, edit_section, sign_in

OpenAs = Callable[..., Page]
PAPER = re.compile(r'filename="?plan-crise_uzege-pont-du-gard_v\d+_(\d{4}-\d{2}-\d{2})\.pdf"?')


def test_a_referent_signs_in_opens_a_section_and_sees_what_they_saved(open_as: OpenAs) -> None:
    page = open_as()
    sign_in(page, REFERENT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tableau de bord")
    menu(page).get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("link", name="Anticipation").first.click()
    page.locator("a[href$='/risques/modifier']").first.click()
    page.get_by_label("Texte de la rubrique").fill("Crues du Gardon, feux de garrigue, canicules de juillet.")
    page.get_by_role("button", name="Enregistrer la rubrique").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("est enregistrée")
    expect(page.get_by_text("feux de garrigue, canicules de juillet")).to_be_visible()


def test_a_version_is_published_read_on_screen_and_downloaded_under_its_date(open_as: OpenAs) -> None:
    page = open_as(REFERENT)
    page.goto(f"{UZEGE}/versions/")
    page.get_by_role("link", name="Publier une version").click()
    page.get_by_label("Adopté par").fill("le bureau")
    page.get_by_label("Date d’adoption").fill(clock.today(clock.PARIS).isoformat())
    page.get_by_label("Pourquoi cette version").fill("Mise à jour après l’exercice d’automne.")
    page.get_by_role("button", name=re.compile("Publier la version")).click()
    expect(page.locator("[data-flash=success]")).to_contain_text("les deux PDF sont prêts")
    expect(page.get_by_text("le bureau").first).to_be_visible()

    paper = page.request.get(f"{UZEGE}/versions/courante.pdf")
    assert paper.body().startswith(b"%PDF")
    dated = PAPER.search(paper.headers["content-disposition"])
    assert dated, paper.headers["content-disposition"]
    assert dated.group(1) == clock.today(clock.PARIS).isoformat()


def test_the_ars_sees_whom_to_call_and_downloads_the_plan_only_once(open_as: OpenAs) -> None:
    page = open_as(ARS)
    page.goto("/region/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Qui appeler aujourd’hui")
    line = page.get_by_role("row").filter(has_text="Uzège – Pont du Gard")
    expect(line.locator("a[href^='tel:+33']").first).to_be_visible()
    expect(line.locator(".badge.ok")).to_have_text("À jour")

    address = line.get_by_role("link", name="(PDF)").get_attribute("href") or ""
    first = page.request.get(address)
    assert (first.status, first.body()[:4]) == (200, b"%PDF")
    again = page.request.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body()) == (304, b"")


def test_an_adherent_reads_the_published_plan_and_an_annex_on_a_telephone(open_as: OpenAs) -> None:
    page = open_as(ADHERENT, width=TELEPHONE)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui me concerne")
    page.get_by_role("link", name=re.compile("^Lire le plan entier")).click()
    expect(page.get_by_role("heading", name="En cas d’alerte").first).to_be_attached()
    assert is_narrow(page)
    page.get_by_role("link", name=re.compile("^Annexe")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Annexe")
    expect(page.locator("main table").first).not_to_be_empty()
    assert is_narrow(page)


@pytest.mark.parametrize("kept", ["mine", "theirs"])
def test_two_people_write_the_same_section_and_either_text_may_be_kept(open_as: OpenAs, kept: str) -> None:
    address = f"{UZEGE}/plan/adaptation/gravite/modifier"
    mine, theirs = f"Le texte de la référente ({kept}).", f"Le texte de la coordination ({kept})."
    referent, coordinator = open_as(REFERENT), open_as(COORDINATOR)
    edit_section(referent, address, mine)
    edit_section(coordinator, address, theirs)
    coordinator.get_by_role("button", name="Enregistrer la rubrique").click()
    expect(coordinator.locator("[data-flash=success]")).to_be_visible()

    referent.get_by_role("button", name="Enregistrer la rubrique").click()
    expect(
        referent.get_by_role("alert").filter(has_text="a modifié cette rubrique pendant votre saisie")
    ).to_be_focused()
    expect(referent.get_by_label("Texte de la rubrique")).to_have_value(mine)
    expect(referent.get_by_text(theirs)).to_be_visible()
    if kept == "mine":
        referent.get_by_role("button", name="Enregistrer ma version").click()
        expect(referent.locator("[data-flash=success]")).to_be_visible()
    else:
        referent.get_by_role("link", name="Garder ce texte et abandonner le mien").click()
        expect(referent.get_by_label("Texte de la rubrique")).to_have_value(theirs)
    coordinator.goto(f"{UZEGE}/plan/adaptation/")
    expect(coordinator.get_by_text(mine if kept == "mine" else theirs)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_session_that_expires_while_one_writes_loses_nothing(open_as: OpenAs, javascript: bool) -> None:
    text = f"Écrit pendant que la session expirait, {'avec' if javascript else 'sans'} script."
    page = open_as(COORDINATOR, javascript=javascript)
    edit_section(page, f"{UZEGE}/plan/adaptation/besoins/modifier", text)
    page.context.clear_cookies()
    page.get_by_role("button", name="Enregistrer la rubrique").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre session a expiré")
    expect(page.get_by_text(text)).to_be_visible()

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Se reconnecter").first.click()
    sign_in(opened.value, COORDINATOR)
    page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("est enregistrée")
    expect(page.get_by_text(text)).to_be_visible()


def menu(page: Page):
    return page.get_by_role("navigation", name="Menu principal")


def is_narrow(page: Page) -> bool:
    """Whether the page itself does not scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
