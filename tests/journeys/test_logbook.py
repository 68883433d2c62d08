"""Writing the log: by keyboard alone, on a telephone in two gestures, and while others write too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db, writing
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from tests.journeys.conftest import CELL_MEMBER, REFERENT, TELEPHONE, UZEGE
from tests.journeys.test_every_screen import RULES
from tests.pilotage.crises.factories import a_crisis

OpenAs = Callable[..., Page]
AT_ONCE = 4_500
"""Milliseconds: how soon everyone sees what one wrote."""


@pytest.fixture
def log(site: Flask) -> Iterator[str]:
    """The address of the log of an exercise, closed once the test is over."""
    with site.app_context():
        cpts = db.session.scalars(sa.select(Cpts).where(Cpts.slug == UZEGE.rpartition("/")[2])).one()
        by = db.session.scalars(sa.select(Account).where(Account.email == REFERENT)).one()
        crisis_id = a_crisis(cpts, by, mode=Mode.EXERCISE, at=clock.now()).id
        db.session.commit()
    yield f"{UZEGE}/crises/{crisis_id}/journal/"
    with site.app_context(), writing():
        db.session.get_one(Crisis, crisis_id).closed_at = clock.now()
        db.session.commit()


def rows(page: Page) -> list[str]:
    return [said.strip() for said in page.locator("#entrees .entry-text").all_inner_texts()]


def test_a_loggist_never_leaves_the_keyboard(open_as: OpenAs, log: str) -> None:
    loggist, other = open_as(REFERENT), open_as(CELL_MEMBER)
    loggist.goto(log)
    other.goto(log)
    text = loggist.get_by_label("Que se passe-t-il")
    text.focus()
    loggist.keyboard.type("!Ouvrir le gymnase")
    expect(loggist.get_by_role("radio", name="Décision", exact=True)).to_be_checked()
    loggist.keyboard.press("Enter")
    expect(loggist.locator("#entree-1")).to_contain_text("Décision")
    expect(text).to_have_value("")
    expect(text).to_be_focused()
    expect(loggist.get_by_role("radio", name="Information", exact=True)).to_be_checked()

    loggist.keyboard.type("Deux lignes")
    loggist.keyboard.press("Shift+Enter")
    loggist.keyboard.type("ensemble")
    loggist.keyboard.press("Enter")
    expect(loggist.locator("#entree-2 .entry-text")).to_have_text("Deux lignes\nensemble")

    loggist.keyboard.type("??Qui vient")
    other.get_by_label("Que se passe-t-il").fill("Je viens")
    other.get_by_role("button", name="Noter", exact=True).click()
    expect(loggist.locator("#entree-3")).to_contain_text("Je viens", timeout=AT_ONCE)
    expect(text).to_have_value("?Qui vient")
    expect(text).to_be_focused()
    loggist.keyboard.press("Enter")
    expect(other.locator("#entree-4")).to_contain_text("Demande reçue", timeout=AT_ONCE)
    assert rows(loggist) == ["?Qui vient", "Je viens", "Deux lignes\nensemble", "Ouvrir le gymnase"]


def test_a_late_fact_opens_its_reason_and_loses_nothing(open_as: OpenAs, log: str) -> None:
    page = open_as(REFERENT)
    page.goto(log)
    text = page.get_by_label("Que se passe-t-il")
    text.fill("Appel de la mairie")
    page.keyboard.press("Alt+r")
    expect(page.get_by_label("Pourquoi noter ce fait maintenant")).to_be_focused()
    page.get_by_label("Jour du fait").fill("2026-01-05")
    page.get_by_label("Heure du fait").fill("10:00")
    page.get_by_role("button", name="Noter", exact=True).click()
    reason = page.get_by_label("Pourquoi noter ce fait maintenant")
    expect(reason).to_be_focused()
    expect(page.locator("#nouvelle-entree")).to_contain_text("Ce fait date de plus de 15 minutes")
    expect(text).to_have_value("Appel de la mairie")
    reason.fill("feuille retrouvée")
    page.keyboard.press("Enter")
    expect(page.locator("#entree-1")).to_contain_text("saisie tardive : feuille retrouvée", timeout=AT_ONCE)
    expect(text).to_have_value("")
    expect(page.get_by_label("Heure du fait")).to_have_value("")


def test_enter_goes_down_a_sheet_of_paper_whose_columns_fit(open_as: OpenAs, log: str) -> None:
    page = open_as(CELL_MEMBER)
    page.goto(f"{log}feuille")
    table = page.locator(".table-scroll")
    assert table.evaluate("table => table.scrollWidth <= table.clientWidth")
    page.locator("[name=rows-0-time]").fill("02:10")
    page.locator("[name=rows-0-text]").press("Enter")
    expect(page.locator("[name=rows-1-time]")).to_be_focused()
    assert page.url.endswith("/feuille")


def test_on_a_telephone_one_taps_types_and_taps(open_as: OpenAs, log: str) -> None:
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    page.goto(log)
    page.get_by_label("Que se passe-t-il").click()
    page.keyboard.type("Pont fermé")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#entree-1 .entry-text")).to_have_text("Pont fermé")
    for target in page.locator(".chip, .new-entry .button, .entry-more > summary, .entry-number").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_an_entry_is_a_plain_form(open_as: OpenAs, log: str) -> None:
    page = open_as(REFERENT, javascript=False)
    page.goto(log)
    page.get_by_label("Que se passe-t-il").fill("Sans script")
    page.get_by_role("radio", name="Besoin ou moyen").check()
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#entree-1")).to_contain_text("Besoin ou moyen")
    page.get_by_text("Chercher, filtrer").click()
    page.get_by_label("Mots", exact=True).fill("script")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("heading", name="1 entrée trouvée")).to_be_visible()
    page.get_by_role("link", name="Entrée n° 1").click()
    page.get_by_role("link", name="Corriger").click()
    page.get_by_label("Texte corrigé").fill("Sans aucun script")
    page.get_by_label("Pourquoi cette correction").fill("oubli")
    page.get_by_role("button", name="Noter la correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Entrée n° 2")


@pytest.mark.parametrize("width", [1280, TELEPHONE])
def test_every_state_of_the_log_is_accessible(open_as: OpenAs, log: str, width: int) -> None:
    page = open_as(REFERENT, width=width)
    page.goto(log)
    page.get_by_label("Que se passe-t-il").fill("Fermer l’école")
    page.get_by_role("radio", name="Décision", exact=True).check()
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("#entree-1")).to_contain_text("Sans raison")
    for address, opened in (
        ("", "Plus :"),
        ("?q=ecole&decisions=1", "Plus :"),
        ("1", ""),
        ("1/corriger", ""),
        ("feuille", ""),
    ):
        page.goto(f"{log}{address}")
        if opened:
            page.get_by_text(opened).click()
        found = Axe().run(page, options=RULES)
        assert found.response["violations"] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
