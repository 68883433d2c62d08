"""Which column is which: guessed, shown, corrected, remembered."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from crisis_plan.anticipation.directory import queries
from crisis_plan.anticipation.directory.contact_columns import FIELDS
from crisis_plan.db import db
from crisis_plan.imports import spreadsheet
from crisis_plan.imports.columns import guess
from crisis_plan.imports.models import ImportReport, RememberedColumn
from tests.browser import Browser, Page
from tests.factories import CptsFactory

UNKNOWN = "Patronyme;Qui;Où\nMartin;Léa;Uzès\nDurand;Max;Fons\n"
CHOSEN = {"column_0": "family_name", "column_1": "given_name", "column_2": "commune"}


def upload(browser: Browser, text: str | bytes, room: str = "directory", file_name: str = "f.csv") -> Page:
    content = text.encode() if isinstance(text, str) else text
    return browser.post(f"cpts.{room}.read_import", {"file": (io.BytesIO(content), file_name)}).follow()


def matched(browser: Browser, preview: Page, fields: dict[str, str]) -> Page:
    return browser.submit(preview, "#colonnes form", fields)


def guessed(text: str, remembered: dict[str, str] | None = None) -> dict[str, str]:
    return guess(spreadsheet.read(text.encode(), "f.csv"), FIELDS, remembered)


def test_a_file_whose_headings_nobody_knows_comes_in_once_its_columns_are_said(referent):
    preview = upload(referent, UNKNOWN)
    assert "Il manque : Nom" in preview.text.replace("\u00a0", " ")
    assert preview.html.select_one("#colonnes").has_attr("open")
    assert "Importer 2 lignes" not in preview.text
    again = matched(referent, preview, CHOSEN).follow()
    referent.submit(again, "main form")
    found = [(one.family_name, one.given_name, one.places[0].commune) for one in queries.contacts(referent.cpts)]
    assert found == [("Durand", "Max", "Fons"), ("Martin", "Léa", "Uzès")]


def test_each_column_shows_its_heading_its_first_cells_and_how_it_is_read(referent):
    preview = upload(referent, "Nom;Courriel;Truc\nMartin;lea@exemple.fr;\n")
    labels = preview.texts("#colonnes label")
    hints = preview.texts("#colonnes .hint")
    chosen = [option["value"] for option in preview.html.select("#colonnes option[selected]")]
    assert labels == ["Nom", "Courriel", "Truc"]
    assert (hints[1].replace("\u00a0", " "), hints[2]) == ("Par exemple : « lea@exemple.fr »", "Colonne vide.")
    assert chosen == ["family_name", "email", ""]


def test_what_was_said_is_remembered_for_the_next_file_of_this_cpts_and_of_no_other(referent):
    matched(referent, upload(referent, UNKNOWN), CHOSEN)
    next_file = upload(referent, UNKNOWN)
    assert "Importer 2 lignes" in next_file.text
    elsewhere = CptsFactory()
    db.session.add(RememberedColumn(cpts_id=elsewhere.id, subject="contacts", heading="qui", field="note"))
    db.session.commit()
    assert upload(referent, UNKNOWN).texts("#colonnes option[selected]") == ["Nom", "Prénom", "Commune"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RememberedColumn)) == 4


def test_a_column_that_is_said_not_to_be_read_is_not_guessed_again(referent):
    text = "Nom;Courriel\nMartin;lea@exemple.fr\n"
    matched(referent, upload(referent, text), {"column_1": ""})
    assert upload(referent, text).texts("#colonnes option[selected]") == ["Nom", "Ne pas importer"]


def test_a_field_that_does_not_exist_is_refused_and_nothing_changes(referent):
    preview = upload(referent, UNKNOWN)
    page = matched(referent, preview, {**CHOSEN, "column_0": "password"})
    assert page.status == 422
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RememberedColumn)) == 0


def test_a_file_applied_meanwhile_is_not_matched_again(referent):
    preview = upload(referent, "Nom;Prénom\nMartin;Léa\n")
    referent.submit(preview, "main form")
    lines = db.session.scalars(sa.select(ImportReport.lines)).one()
    assert matched(referent, preview, {"column_0": ""}).status == 303
    assert db.session.scalars(sa.select(ImportReport.lines)).one() == lines


def test_the_columns_of_a_stock_are_matched_in_the_same_way(referent):
    preview = upload(referent, "Quoi;Combien\nGants;10\n", "stock")
    again = matched(referent, preview, {"column_0": "name", "column_1": "quantity"}).follow()
    assert "Importer 1 ligne" in again.text


def test_a_workbook_says_which_of_its_sheets_is_read(referent):
    made, content = Workbook(), io.BytesIO()
    made.create_sheet("Partenaires").append(["Nom"])
    made["Partenaires"].append(["Mairie"])
    made.create_sheet("Vieux").append(["Nom"])
    made.save(content)
    preview = upload(referent, content.getvalue(), file_name="partenaires.xlsx")
    assert "Feuille lue : « Partenaires »" in preview.text.replace("\u00a0", " ")
    assert "1 autre feuille n’est pas lue" in preview.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        ("lea@exemple.fr", "email"),
        ("04 65 71 00 01", "phone"),
        ("465710001", "phone"),
        ("30700", "postal_code"),
        ("10000105121", "rpps"),
        ("n’importe quoi", ""),
    ],
)
def test_a_column_that_nobody_named_is_proposed_by_what_its_cells_look_like(cell, field):
    assert guessed(f"Nom;Truc\nMartin;{cell}\nDurand;{cell}\n")["truc"] == field


def test_a_second_column_that_looks_like_postal_codes_is_left_out():
    assert guessed("Nom;CP;Truc\nMartin;30700;30700\n") == {"nom": "family_name", "cp": "postal_code", "truc": ""}
