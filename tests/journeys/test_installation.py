"""A new CPTS: created by the operator, opened by its first referent, who invites the next."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OPERATOR

OpenAs = Callable[..., Page]
PASSWORD = "marée haute lanterne"


def test_an_operator_creates_a_cpts_and_its_first_referent_invites_the_coordination(open_as: OpenAs) -> None:
    operator = open_as(OPERATOR)
    operator.goto("/installation/")
    operator.get_by_role("link", name="Créer une CPTS").click()
    operator.get_by_label("Nom de la CPTS").fill("CPTS Cévennes gardoises")
    operator.get_by_label("Départements").fill("30")
    operator.get_by_role("button", name="Créer la CPTS").click()
    expect(operator.get_by_role("heading", level=1)).to_have_text("CPTS Cévennes gardoises")

    operator.get_by_role("link", name="Choisir les communes").click()
    for commune in ("Anduze", "Lasalle"):
        operator.get_by_label(commune, exact=False).first.check()
    operator.get_by_role("button", name="Enregistrer les communes").click()
    operator.get_by_text("Voir 2 communes").click()
    expect(operator.get_by_role("row").filter(has_text="Anduze")).to_be_visible()

    operator.get_by_role("link", name="Inviter un référent").click()
    operator.get_by_label("Nom de la personne").fill("Odile Chabrol")
    operator.get_by_label("Adresse e-mail").fill("odile.chabrol@exemple.fr")
    operator.get_by_role("button", name="Envoyer l’invitation").click()

    referent = open_as()
    open_account(referent, personal_link(operator))
    expect(referent.get_by_role("heading", level=1)).to_have_text("Tableau de bord")
    expect(referent.get_by_text("CPTS Cévennes gardoises").first).to_be_visible()

    referent.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Accès").click()
    referent.get_by_role("link", name="Inviter quelqu’un").click()
    referent.get_by_label("Nom", exact=True).fill("Rémi Pagès")
    referent.get_by_label("Adresse e-mail").fill("remi.pages@exemple.fr")
    referent.get_by_label("Coordination").check()
    referent.get_by_role("button", name="Envoyer l’invitation").click()

    coordinator = open_as()
    open_account(coordinator, personal_link(referent))
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("Tableau de bord")
    menu = coordinator.get_by_role("navigation", name="Menu principal")
    expect(menu.get_by_role("link", name="Plan", exact=True)).to_be_visible()
    expect(menu.get_by_role("link", name="Accès")).to_have_count(0)


def personal_link(page: Page) -> str:
    """The link that the inviter hands over."""
    page.get_by_text("Lien personnel à transmettre").first.click()
    return page.locator("a[href*='/invitation/']").first.get_attribute("href") or ""


def open_account(page: Page, link: str) -> None:
    """The invited person chooses a password."""
    page.goto(link)
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Ouvrir mon compte").click()
