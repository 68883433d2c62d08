"""A later year: two sections changed, the rest signed, version 3 compared and given; then the crises that are claimed."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from crisis_plan import clock
from crisis_plan.web.formats import long_date
from tests.journeys.conftest import ARS, COORDINATOR, REFERENT, UZEGE
from tests.journeys.money import (
    ITSELF,
    accessible_everywhere,
    checked_archive,
    downloaded,
    handed_in_a_meeting,
    main,
    published,
    sent,
    text_of,
    the_mails_leave,
    title,
)

OpenAs = Callable[..., Page]

FUNDING = f"{UZEGE}/financements/"
UPDATE = f"{UZEGE}/mise-a-jour/"
ADDED = {
    "journal": "Deux personnes se relaient au journal toutes les quatre heures.",
    "degrade": "Chaque maison de santé garde un jeu de fiches imprimées au secrétariat.",
}
READ_AGAIN = "Chaîne d’alerte et de déclenchement"
ARCHIVE = "Télécharger la demande et ses pièces (ZIP"


def test_a_year_later_two_sections_change_and_the_rest_is_signed(open_as: OpenAs, site: Flask) -> None:
    page = open_as(REFERENT)
    for key, sentence in ADDED.items():
        written_at_the_end(page, f"{UZEGE}/plan/pilotage/{key}/modifier", sentence)
    signed_at_once(page)
    published(page, UZEGE, 3, "Mise à jour annuelle.")
    the_version_prints_who_signed(page)
    both_changes_are_seen_and_printed(page)
    the_claim_keeps_what_was_given(page)
    sent(page, UZEGE, "à l’ARS", "à la CPAM", "aux adhérents", "aux partenaires")
    handed_in_a_meeting(page, UZEGE, "à la MSA")
    the_mails_leave(site)
    the_claim_is_ready(page)


def written_at_the_end(page: Page, address: str, sentence: str) -> None:
    page.goto(address)
    text = page.get_by_label("Texte de la rubrique")
    text.fill(f"{text.input_value()}\n\n{sentence}")
    page.get_by_role("button", name="Enregistrer la rubrique").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("est enregistrée")


def signed_at_once(page: Page) -> None:
    page.goto(UPDATE)
    title(page, "Mise à jour annuelle depuis la version 2")
    expect(main(page).get_by_role("checkbox", name=READ_AGAIN)).to_be_visible()
    expect(main(page).get_by_role("checkbox", name="Journal de bord")).to_have_count(0)
    accessible_everywhere(page, "update under way")
    for box in main(page).locator("input[name=things]").all():
        box.check()
    page.get_by_role("button", name="Signer les éléments cochés").click()
    expect(main(page)).to_contain_text("Tout le plan est repris")
    accessible_everywhere(page, "update done")
    page.get_by_role("link", name="Relire et publier").click()
    title(page, "Relire la version 3 avant de la publier")
    expect(page.get_by_role("table", name="Modifications depuis la version en vigueur")).to_contain_text("Mode dégradé")


def the_version_prints_who_signed(page: Page) -> None:
    page.goto(f"{UZEGE}/versions/3")
    title(page, "Plan de réponse")
    expect(main(page)).to_contain_text(f"Version 3 du {long_date(clock.today(clock.PARIS))}")
    signed = page.get_by_role("table").filter(has_text="Signé par").first
    expect(signed.get_by_role("row").filter(has_text=READ_AGAIN)).to_contain_text("Claire Vidal")
    expect(signed.get_by_role("row").filter(has_text="Journal de bord")).to_have_count(0)


def both_changes_are_seen_and_printed(page: Page) -> None:
    page.goto(f"{UZEGE}/versions/")
    page.get_by_role("link", name=re.compile("^Comparer à la version 2")).click()
    title(page, "Version 3 comparée à la version 2")
    for section in ("Journal de bord", "Mode dégradé"):
        expect(main(page)).to_contain_text(re.compile(rf"{section}\s: Texte modifié"))
    accessible_everywhere(page, "versions compared, in short")
    address = page.url
    page.get_by_role("link", name=re.compile("Voir ces modifications dans le texte.*Pilotage")).click()
    for sentence in ADDED.values():
        expect(main(page).locator("ins").filter(has_text=sentence).first).to_be_visible()
    accessible_everywhere(page, "versions compared, word by word")
    page.goto(address)
    consolidated = text_of(downloaded(page, page.get_by_role("link", name="Document consolidé (PDF)")))
    assert all(sentence in consolidated for sentence in ADDED.values())
    assert "Version 3" in consolidated


def to_the_update_claim(page: Page) -> None:
    page.goto(FUNDING)
    title(page, "Financements")
    page.get_by_role("link", name=re.compile("^Demande n°.*Mise à jour, année 2")).click()
    title(page, "Mise à jour, année 2 de la mission")


def the_claim_keeps_what_was_given(page: Page) -> None:
    """Nobody received version 3 yet: version 2, of the same year, still proves the update."""
    to_the_update_claim(page)
    expect(main(page)).to_contain_text("Registre de diffusion, Version 2")
    expect(main(page)).to_contain_text("Document consolidé, Version 2 comparée à Version 1")
    accessible_everywhere(page, "update claim being prepared")


def the_claim_is_ready(page: Page) -> None:
    """The document compares with the plan that was in force before this year of the mission."""
    to_the_update_claim(page)
    expect(main(page)).to_contain_text("Registre de diffusion, Version 3")
    expect(main(page)).to_contain_text("Document consolidé, Version 3 comparée à Version 1")
    expect(main(page)).to_contain_text("Prête à déposer")
    expect(main(page)).to_contain_text(re.compile(r"\d+\séléments revus sans changement sont signés"))


def test_a_recognised_crisis_has_its_file(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto(FUNDING)
    title(page, "Financements")
    expect(main(page)).not_to_contain_text(re.compile(r"Exercice n°"))
    page.get_by_role("link", name=re.compile("^Demande n°.*Canicule")).click()
    title(page, "Canicule")
    for said in ("jusqu’à", "Ce que les textes ne tranchent pas", "Montant de la crise : entier ou au prorata"):
        expect(main(page)).to_contain_text(re.compile(re.escape(said).replace(r"\ ", r"\s")))
    accessible_everywhere(page, "crisis claim submitted")
    members = checked_archive(downloaded(page, page.get_by_role("link", name=ARCHIVE)))
    names = " ".join(members)
    for piece in (
        "reconnaissance",
        "plan-en-vigueur",
        "journal-de-bord",
        "professionnels-et-actions",
        "bilan-de-la-crise",
    ):
        assert re.search(rf"\d\d_{piece}", names), names
    printed = text_of(members[ITSELF])
    assert "jusqu’à" in printed
    assert "entier ou au prorata" in printed
    assert re.search(r"Professionnels mobilisés \d+ Actions du plan réalisées \d+", printed)
    assert open_as(ARS).goto(page.url).status == 403


def test_a_crisis_is_claimed_before_its_debrief_is_validated(open_as: OpenAs) -> None:
    """What is missing is named, then asked about, then printed: the CPTS may not be able to wait."""
    page = open_as(COORDINATOR)
    page.goto(FUNDING)
    page.get_by_role("button", name=re.compile("Préparer la demande.*Feu de garrigue")).click()
    title(page, "Feu de garrigue")
    expect(main(page)).to_contain_text("Le bilan n’est pas validé.")
    accessible_everywhere(page, "crisis claim being prepared")
    page.get_by_role("link", name="Relire et déposer").click()
    title(page, "Relire et déposer")
    page.get_by_role("button", name="Déposer la demande").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(main(page)).to_contain_text("Le bilan n’est pas validé.")
    accessible_everywhere(page, "submission refused")
    page.get_by_label("Déposer sans ces pièces").check()
    page.get_by_role("button", name="Déposer la demande").click()
    expect(page.locator("[data-flash=success]")).to_contain_text("révision 1")
    printed = text_of(checked_archive(downloaded(page, page.get_by_role("link", name=ARCHIVE)))[ITSELF])
    assert "La CPTS dépose sans ces pièces" in printed
    assert "Le bilan n’est pas validé." in printed
