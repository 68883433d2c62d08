"""A campaign answered from the personal link, on a telephone; and what the CPTS then sees."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from crisis_plan.db import db
from crisis_plan.outbox import OutboxMessage
from tests.journeys.conftest import CELL_MEMBER, COORDINATOR, TELEPHONE, UZEGE

OpenAs = Callable[..., Page]
LINK = re.compile(r"https?://\S+/mes-coordonnees/\S+")


def launch(page: Page, *, kind: str, title: str, proposed: bool = False) -> None:
    """From the list of campaigns to one that is open."""
    page.goto(f"{UZEGE}/annuaire/campagnes/")
    page.get_by_role("link", name="Lancer une campagne").click()
    page.get_by_label("Dernière vérification").select_option(label="Vérifiés ou non")
    page.get_by_label("Type de contact").select_option(label=kind)
    expect(page.locator("#asked")).to_contain_text(f": {kind}")
    page.get_by_label("Titre").fill(title)
    if proposed:
        page.get_by_label("La correction est proposée à la CPTS, qui décide").check()
    page.get_by_role("button", name="Vérifier puis envoyer").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(f": {kind}")
    expect(page.locator("main")).to_contain_text("Bonjour")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def last_link(site: Flask, title: str) -> str:
    """The link of the first mail of this campaign, as its reader finds it."""
    with site.app_context():
        bodies = db.session.scalars(
            sa.select(OutboxMessage.body)
            .where(OutboxMessage.subject.like("Relisez vos coordonnées%"))
            .order_by(OutboxMessage.created_at.desc())
            .limit(1)
        ).all()
        db.session.rollback()
    found = LINK.search(bodies[0])
    assert found, title
    return found.group()


def violations(page: Page) -> list[str]:
    return [one["id"] for one in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_line_is_corrected_from_the_link_on_a_telephone_then_written_by_the_cpts(
    open_as: OpenAs, site: Flask, javascript: bool
) -> None:
    desk = open_as(COORDINATOR)
    number = f"04 66 22 10 {98 + javascript}"
    title = f"Partenaires {'avec' if javascript else 'sans'} script"
    launch(desk, kind="Partenaires", title=title, proposed=True)

    phone = open_as(width=TELEPHONE, javascript=javascript)
    phone.goto(last_link(site, title))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vos coordonnées sont-elles exactes ?")
    assert phone.evaluate("document.documentElement.scrollWidth") <= TELEPHONE
    phone.get_by_role("link", name="Corriger").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Corriger vos coordonnées")
    assert phone.evaluate("document.documentElement.scrollWidth") <= TELEPHONE
    phone.get_by_label("Téléphone 1").fill("12 34")
    phone.get_by_text("En cas de crise", exact=True).click()
    phone.get_by_label("Disponibilité").fill("En semaine")
    phone.get_by_role("button", name="Envoyer mes coordonnées").click()
    expect(phone.get_by_label("Téléphone 1")).to_have_attribute("aria-invalid", "true")
    expect(phone.get_by_label("Disponibilité")).to_have_value("En semaine")
    phone.get_by_label("Téléphone 1").fill(number)
    phone.get_by_role("button", name="Envoyer mes coordonnées").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci, votre réponse est enregistrée")

    desk.reload()
    expect(desk.locator("#share")).to_contain_text("1 sur")
    desk.goto(f"{UZEGE}/annuaire/campagnes/corrections")
    mine = desk.locator("main section").filter(has_text=title)
    expect(mine).to_contain_text(number)
    mine.get_by_role("button", name="Accepter la correction").click()
    expect(desk.locator("main")).to_contain_text("est acceptée et reportée dans l’annuaire")


def test_the_open_page_counts_an_answer_by_itself(open_as: OpenAs, site: Flask) -> None:
    desk = open_as(COORDINATOR)
    launch(desk, kind="Institutions", title="Institutions, en direct")
    phone = open_as(width=TELEPHONE)
    phone.goto(last_link(site, "Institutions, en direct"))
    phone.get_by_role("button", name="C’est exact").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Merci")
    expect(desk.locator("#share")).to_contain_text("1 sur", timeout=20_000)


def test_the_personal_pages_are_accessible_to_everyone(open_as: OpenAs, site: Flask) -> None:
    desk = open_as(COORDINATOR)
    launch(desk, kind="Établissements", title="Établissements")
    assert violations(desk) == []
    phone = open_as(width=TELEPHONE)
    link = last_link(site, "Établissements")
    for end in ("", "/corriger", "/merci"):
        phone.goto(link + end)
        assert violations(phone) == [], end


def test_an_account_recognises_and_confirms_its_own_line(open_as: OpenAs) -> None:
    page = open_as(CELL_MEMBER, width=TELEPHONE)
    page.goto(f"{UZEGE}/mes-coordonnees/")
    page.get_by_role("button", name="C’est bien moi").click()
    page.get_by_role("button", name="C’est exact").click()
    expect(page.locator("main")).to_contain_text("vos coordonnées sont confirmées")
    assert violations(page) == []
