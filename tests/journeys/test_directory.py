"""The directory and the stock: found, added to, filled from the files that people already have."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
import vobject
from playwright.sync_api import Page, expect

from crisis_plan.demo import story
from tests.journeys.conftest import COORDINATOR, NEIGHBOUR, TELEPHONE, UZEGE, VIDOURLE

OpenAs = Callable[..., Page]


@pytest.mark.parametrize("words", ["mairie uzes", "UZÈS Mairie", "uzès mairie"])
def test_a_search_as_one_types_finds_whatever_the_accents_and_the_order(open_as: OpenAs, words: str) -> None:
    page = open_as(COORDINATOR)
    page.goto(f"{UZEGE}/annuaire/")
    page.get_by_label("Chercher un contact").press_sequentially(words, delay=25)
    found = page.locator("#contacts")
    expect(found.get_by_role("rowheader")).to_have_text(["Mairie de Uzès"])
    expect(page.get_by_label("Chercher un contact")).to_be_focused()
    expect(page.get_by_label("Chercher un contact")).to_have_value(words)
    expect(page.locator("#announcer")).to_contain_text("1 contact")
    page.reload()
    expect(page.get_by_label("Chercher un contact")).to_have_value(words)


def test_the_same_search_works_without_javascript(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR, javascript=False)
    page.goto(f"{UZEGE}/annuaire/")
    page.get_by_label("Chercher un contact").fill("uzes mairie")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("#contacts").get_by_role("rowheader")).to_have_text(["Mairie de Uzès"])


def test_too_heavy_a_file_is_told_beside_its_field_and_nothing_is_sent(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto(f"{UZEGE}/annuaire/importer")
    field = page.locator("input[type=file]")
    field.evaluate("input => { input.dataset.maxBytes = '4194304' }")  # the limit is lowered: a light test
    heavy = {"name": "lourd.csv", "mimeType": "text/csv", "buffer": b"x" * 5_000_000}
    field.set_input_files(heavy)
    expect(field).to_have_accessible_description(re.compile("Ce fichier dépasse 4 Mo"))
    page.get_by_role("button", name="Lire le fichier").click()
    expect(field).to_be_focused()
    expect(page).to_have_url(re.compile("/annuaire/importer$"))
    field.set_input_files({"name": "leger.csv", "mimeType": "text/csv", "buffer": b"Nom\nMairie"})
    expect(page.locator("main .error")).to_have_count(0)


def test_a_bad_telephone_is_told_beside_its_field_and_what_was_typed_stays(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto(f"{UZEGE}/annuaire/ajouter")
    page.get_by_label("Type de contact").select_option(label="Partenaire")
    page.get_by_label("Nom", exact=True).fill("Roumanille")
    page.get_by_label("Téléphone 1").fill("12 34")
    page.get_by_role("button", name="Ajouter le contact").click()

    telephone = page.get_by_label("Téléphone 1")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(telephone).to_have_attribute("aria-invalid", "true")
    expect(telephone).to_have_value("12 34")
    expect(telephone).to_have_accessible_description(re.compile(r"Erreur\s:.*numéro de téléphone"))
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Roumanille")

    page.locator(".error-summary a").first.click()
    expect(telephone).to_be_focused()
    telephone.fill("04 66 22 10 10")
    page.get_by_role("button", name="Ajouter le contact").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ROUMANILLE")
    expect(page.locator("a[href='tel:+33466221010']")).to_be_visible()


def test_partners_come_in_from_an_excel_file_line_by_line(open_as: OpenAs) -> None:
    page = open_as(NEIGHBOUR)
    preview(page, f"{VIDOURLE}/annuaire/", "partenaires_excel.csv")
    expect(page.get_by_role("button", name="Importer 22 lignes")).to_be_visible()
    expect(page.locator("main .cards li").filter(has_text="doublon")).to_contain_text("1 doublon")
    redone = {line["Nom"]: line["Motif"] for line in refused_lines(page)}
    assert "31/02/2026" in redone["MSA du Languedoc"], redone
    page.get_by_role("button", name="Importer 22 lignes").click()
    expect(page.get_by_text("22 lignes importées")).to_be_visible()
    page.get_by_role("link", name="Voir l’annuaire").click()
    expect(page.locator("#contacts")).to_contain_text("22 contacts")


def test_the_stock_comes_in_from_an_excel_file_line_by_line(open_as: OpenAs) -> None:
    page = open_as(NEIGHBOUR)
    preview(page, f"{VIDOURLE}/stock/", "stock_excel.csv")
    assert [line["Désignation"] for line in refused_lines(page)].count("Concentrateur d'oxygène") == 1
    page.get_by_role("button", name="Importer 8 lignes").click()
    expect(page.get_by_text("8 lignes importées")).to_be_visible()
    page.goto(f"{VIDOURLE}/stock/")
    expect(page.locator("#stock").get_by_role("rowheader")).to_have_count(7)


def preview(page: Page, list_address: str, file_name: str) -> None:
    """From the list to the preview of this file."""
    page.goto(list_address)
    page.get_by_role("link", name="Importer").first.click()
    page.get_by_label("Classeur Excel ou fichier CSV").set_input_files(story.FOLDER / file_name)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aperçu de l’import")


def refused_lines(page: Page) -> list[dict[str, str]]:
    """The lines to redo, as the file that the page offers says them."""
    with page.expect_download() as offered:
        page.get_by_role("link", name="Télécharger les lignes à reprendre").click()
    text = offered.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_filter_is_chosen_on_a_telephone_and_its_address_shared(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR, width=TELEPHONE)
    page.goto(f"{UZEGE}/annuaire/")
    page.get_by_text("Filtrer", exact=True).click()
    page.get_by_label("Vérification").select_option(label="À vérifier")
    found = page.locator("#contacts")
    expect(found.get_by_text("À vérifier", exact=False).first).to_be_visible()
    expect(page).to_have_url(re.compile("verification=stale"))
    assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE
    colleague = open_as(COORDINATOR, javascript=False)
    colleague.goto(page.url)
    expect(colleague.locator("#contacts")).to_contain_text("À vérifier")
    assert colleague.locator("#contacts tbody th").all_inner_texts() == found.locator("tbody th").all_inner_texts()


def test_a_contact_is_verified_and_its_history_says_so_without_javascript(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR, javascript=False)
    page.goto(f"{UZEGE}/annuaire/?verification=stale&type=partner")
    page.locator("#contacts tbody th a").first.click()
    page.get_by_label("de vive voix").check()
    page.get_by_label("Qui a confirmé").fill("le secrétariat")
    page.get_by_role("button", name="Vérifié aujourd’hui").click()
    expect(page.locator("main aside")).to_contain_text("de vive voix (le secrétariat)")
    page.get_by_role("link", name="Historique de la fiche").click()
    expect(page.locator("tbody tr").first).to_contain_text("date de vérification")
    expect(page.locator("main")).not_to_contain_text("secrétariat")


def test_the_filtered_list_leaves_as_cards_for_a_telephone(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto(f"{UZEGE}/annuaire/?q=mairie+uzes")
    with page.expect_download() as offered:
        page.get_by_role("link", name="Téléphone (vCard)").click()
    (card,) = vobject.readComponents(offered.value.path().read_text(encoding="utf-8"))
    assert card.fn.value == "Mairie de Uzès"
    assert offered.value.suggested_filename.endswith(".vcf")
