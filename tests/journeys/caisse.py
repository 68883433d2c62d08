"""A caisse and a CPTS on either side of a submitted claim: a complement, the answer, the decision, the payment."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from crisis_plan import clock
from tests.journeys.money import ALZON, FUNDING, PROOF, accessible_everywhere, checked_archive, downloaded, main, title

ARCHIVE = "Télécharger la demande et ses pièces (ZIP"
ASKED = "Merci de joindre la feuille d’émargement signée de la réunion des adhérents."
SIGNED = {**PROOF, "name": "signee.pdf", "buffer": b"%PDF-1.4\nsignee\n%%EOF\n"}


def a_complement_is_never_asked_without_a_word(caisse: Page) -> None:
    caisse.goto("/region/")
    caisse.get_by_role("link", name=re.compile("^Demandes de financement")).click()
    title(caisse, "Demandes de financement")
    accessible_everywhere(caisse, "claims of an area")
    caisse.get_by_role("link", name=re.compile(r"^Première rédaction du plan\s*, CPTS Vallée de l’Alzon")).click()
    title(caisse, re.compile(r"Demande n°\s1"))
    accessible_everywhere(caisse, "claim, as the caisse reads it")
    caisse.get_by_role("link", name="Demander un complément").click()
    title(caisse, "Demander un complément")
    caisse.get_by_label("Date de l’acte").fill("2099-01-01")
    caisse.get_by_role("button", name="Demander un complément").click()
    expect(caisse.get_by_role("alert").first).to_contain_text("Dites quel complément est demandé")
    expect(caisse.get_by_label("Date de l’acte")).to_have_value("2099-01-01")
    accessible_everywhere(caisse, "complement refused")
    caisse.get_by_label("Date de l’acte").fill(clock.today(clock.PARIS).isoformat())
    caisse.get_by_label("Ce qui est demandé").fill(ASKED)
    caisse.get_by_role("button", name="Demander un complément").click()
    expect(caisse.locator("[data-flash=success]")).to_contain_text("complément demandé")


def answered_with_a_document(page: Page, first: bytes) -> None:
    page.goto(f"{ALZON}/")
    asked = page.get_by_role("listitem").filter(has_text=re.compile(r"CPAM du Gard demande un complément"))
    asked.get_by_role("link", name="Répondre au complément").click()
    title(page, re.compile(r"Demande n°\s1"))
    expect(main(page)).to_contain_text(ASKED)
    page.get_by_role("link", name="Joindre un document", exact=True).click()
    page.get_by_label("Ce que ce document prouve").select_option(label="Autre pièce")
    page.get_by_label("Nom du document").fill("Feuille signée par les adhérents")
    page.get_by_label(re.compile("^Document")).set_input_files([SIGNED])
    page.get_by_role("button", name="Joindre le document").click()
    expect(main(page)).to_contain_text("Feuille signée par les adhérents")
    page.get_by_role("link", name="Relire et déposer").click()
    page.get_by_role("button", name="Déposer la demande").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("révision 2")
    second = checked_archive(downloaded(page, page.get_by_role("link", name=ARCHIVE)))
    assert any("feuille-signee-par-les-adherents" in name for name in second)
    page.get_by_role("link", name="révision 1", exact=True).click()
    title(page, "révision 1")
    assert downloaded(page, page.get_by_role("link", name=ARCHIVE)) == first


def agreed_then_paid(caisse: Page, page: Page, claim: str) -> None:
    caisse.goto(claim)
    caisse.get_by_role("link", name="Consigner la décision").click()
    caisse.get_by_label("Acceptée").check()
    caisse.get_by_label("Montant accordé").fill("35 000")
    accessible_everywhere(caisse, "decision")
    caisse.get_by_role("button", name="Consigner la décision").click()
    expect(caisse.locator("[data-flash=success]")).to_contain_text("acceptée")
    page.goto(claim)
    expect(main(page)).to_contain_text(re.compile(r"Accordé\s*35\s000\s€"))
    caisse.get_by_role("link", name="Consigner le paiement").click()
    caisse.get_by_label("Total versé à ce jour").fill("35 000")
    caisse.get_by_role("button", name="Consigner le paiement").click()
    expect(caisse.locator("[data-flash=success]")).to_contain_text("payée")
    page.goto(FUNDING)
    year = (
        page.get_by_role("table", name="Année par année, ligne par ligne").get_by_role("row").filter(has_text="Année 1")
    )
    expect(year).to_contain_text("Payée")
    for rank, amount in ((1, "35000€"), (2, "35000€"), (3, "35000€"), (4, "–")):
        expect(year.get_by_role("cell").nth(rank)).to_have_text(re.compile(r"\s*".join(amount)))
    accessible_everywhere(page, "five years")
