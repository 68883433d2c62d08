"""An extraction of the Annuaire Santé and a workbook, from their file to the directory."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from crisis_plan.demo import story
from tests.journeys.conftest import COORDINATOR, NEIGHBOUR, UZEGE, VIDOURLE

OpenAs = Callable[..., Page]
EXTRACTION = story.FOLDER / "annuaire-sante_extrait.txt"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_extraction_is_read_to_its_702_professionals(open_as: OpenAs, javascript: bool) -> None:
    page = open_as(COORDINATOR, javascript=javascript)
    page.goto(f"{UZEGE}/annuaire/importer")
    page.get_by_role("link", name="importez-en une extraction").click()
    page.get_by_label("Extraction de l’Annuaire Santé").set_input_files(EXTRACTION)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aperçu de l’Annuaire Santé")
    expect(page.locator("main .lead")).to_contain_text(re.compile(r"702\sprofessionnels retenus"))
    expect(page.locator("main .cards li").filter(has_text="refusées")).to_contain_text("2")


def test_a_file_that_is_no_extraction_is_told_beside_its_field_without_leaving_the_page(open_as: OpenAs) -> None:
    page = open_as(COORDINATOR)
    page.goto(f"{UZEGE}/annuaire/importer/annuaire-sante")
    field = page.get_by_label("Extraction de l’Annuaire Santé")
    field.set_input_files({"name": "autre.txt", "mimeType": "text/plain", "buffer": b"Nom;Commune\n"})
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("pas une extraction"))


def test_a_workbook_of_any_shape_comes_in_once_its_columns_are_said(open_as: OpenAs) -> None:
    made, content = Workbook(), io.BytesIO()
    for row in (["Qui", "Où"], ["Mairie de Lunel-Essai", "Lunel"]):
        made.active.append(row)
    made.save(content)
    page = open_as(NEIGHBOUR)
    page.goto(f"{VIDOURLE}/annuaire/importer")
    sent = {"name": "partenaires.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_text("Il manque : Nom")).to_be_visible()
    page.get_by_label("Qui").select_option(label="Nom")
    page.get_by_label("Où").select_option(label="Commune")
    page.get_by_role("button", name="Relire avec ces colonnes").click()
    page.get_by_role("button", name="Importer 1 ligne").click()
    expect(page.get_by_text("1 ligne importée")).to_be_visible()
