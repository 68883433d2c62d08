from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from crisis_plan.anticipation.stock import queries, stock_lines
from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.anticipation.stock.queries import Taken
from crisis_plan.db import db
from crisis_plan.imports import spreadsheet
from crisis_plan.imports.rules import ImportLine, Outcome
from tests.browser import Browser, Page

TODAY = date(2026, 11, 22)
HEADINGS = "Désignation;Catégorie;Unité;Quantité;Seuil;Lieu;Lot;Péremption\r\n"
TYPED = (
    HEADINGS + "Masques FFP2;EPI;boîte de 50;40;20;Pharmacie centrale, Uzès;LOT-A12;31/12/2027\r\n"
    "Masques FFP2;EPI;boîte de 50;15;20;MSP de Remoulins;LOT-B03;28/02/2026\r\n"
    "Gants nitrile M;EPI;boîte de 100;60;30;Pharmacie centrale, Uzès;;\r\n"
    "Surblouses;EPI;unité;1 200;500;MSP de Remoulins;S-77;30/06/2028\r\n"
    "Gel hydroalcoolique 500 mL;Hygiène;flacon;85;40;Pharmacie centrale, Uzès;G9;15/01/2027\r\n"
    "Garrots tourniquets;Secours;unité;24;20;Cabinet infirmier, Aramon;T1;01/2030\r\n"
    "Solution de téléconsultation;Numérique;licence;12;;;;\r\n"
    "Groupe électrogène;Logistique;unité;1;1;Mairie de Sernhac;;\r\n"
    "Concentrateur d'oxygène;Matériel médical;unité;-3;2;Prestataire, Nîmes;;\r\n"
)
"""The shape of the samples’ stock_excel.csv: what a coordinator keeps in Excel."""


def assessed(text: str, taken: Taken | None = None) -> list[ImportLine]:
    sheet = spreadsheet.read(("\ufeff" + text).encode(), "stock.csv")
    return stock_lines.assess(sheet, taken or Taken(), today=TODAY)


def only(row: str) -> ImportLine:
    (line,) = assessed(HEADINGS + row)
    return line


def upload(browser: Browser, text: str = TYPED) -> Page:
    """Choose a file and read it: the preview."""
    fields: dict[str, Any] = {"file": (io.BytesIO(("\ufeff" + text).encode()), "stock.csv")}
    return browser.post("cpts.stock.read_import", fields).follow()


def stock_of(browser: Browser) -> dict[str, list[int]]:
    """Quantities by item."""
    assert browser.cpts is not None
    return {item.name: [batch.quantity for batch in item.batches] for item in queries.items(browser.cpts)}


def test_each_line_of_the_sample_is_accepted_warned_or_refused_with_its_reason() -> None:
    lines = {line.number: line for line in assessed(TYPED)}
    assert {number: line.outcome for number, line in lines.items()} == {
        **dict.fromkeys((2, 4, 5, 6, 7, 8, 9), Outcome.ACCEPTED),
        3: Outcome.WARNING,
        10: Outcome.REFUSED,
    }
    assert lines[3].reasons == ("Ce lot est périmé depuis le 28/02/2026.",)
    assert "négative" in lines[10].reasons[0]
    assert lines[5].values["quantity"] == 1200
    assert lines[7].values["expires_on"] == "2030-01-31"
    assert lines[8].values["threshold"] is None


def test_a_bad_threshold_or_expiry_is_left_out_and_the_line_comes_in() -> None:
    line = only("Gants;EPI;boîte;10;beaucoup;Uzès;L1;31/02/2027")
    assert line.outcome is Outcome.WARNING
    assert line.values["threshold"] is None
    assert line.values["expires_on"] is None
    assert len(line.reasons) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";EPI;boîte;10;;;;", "La désignation manque."),
        ("Gants;EPI;boîte;douze;;;;", "n’est pas une quantité"),
        ("Gants;EPI;boîte;;;Uzès;L1;", "La quantité manque."),
        ("Gants;EPI;boîte;10;;;;;en trop", "plus de cellules"),
        (f"{'x' * 161};EPI;boîte;10;;;;", "dépasse 160 caractères"),
    ],
)
def test_a_line_that_cannot_be_counted_is_refused_and_says_why(row: str, said: str) -> None:
    line = only(row)
    assert line.outcome is Outcome.REFUSED
    assert said in line.reasons[0]


def test_without_a_column_of_quantities_every_line_is_refused_and_says_so() -> None:
    (line,) = assessed("Désignation;Lieu\r\nGants;Uzès\r\n")
    assert line.outcome is Outcome.REFUSED
    assert "Quantité" in line.reasons[0]


def test_a_column_of_dates_that_nobody_knows_is_proposed_as_the_expiry() -> None:
    (line,) = assessed("Désignation;Quantité;DLC\r\nGants;10;12/2030\r\n")
    assert line.values["expires_on"] == "2030-12-31"


def test_the_pace_of_the_counts_goes_out_and_comes_back(coordinator: Browser) -> None:
    assert coordinator.cpts
    fields = {"name": "Gants", "quantity": "3", "count_every_months": "6"}
    coordinator.post("cpts.stock.create", fields)
    exported = coordinator.get("cpts.stock.export_csv").content.decode("utf-8-sig")
    assert "Compter tous les (mois)" in exported.splitlines()[0]
    (line,) = assessed(exported)
    assert (line.outcome, line.values["count_every_months"]) == (Outcome.ACCEPTED, 6)
    coordinator.submit(upload(coordinator, exported.replace("Gants", "Gants L")), "form[data-apply]")
    (copied,) = [item for item in queries.items(coordinator.cpts) if item.name == "Gants L"]
    assert copied.count_every_months == 6


@pytest.mark.parametrize("typed", ["tous les six mois", "0", "61", "-6"])
def test_a_pace_that_is_none_is_left_out_and_the_line_comes_in(typed: str) -> None:
    (line,) = assessed(f"Désignation;Quantité;Compter tous les (mois)\r\nGants;10;{typed}\r\n")
    assert (line.outcome, line.values["count_every_months"]) == (Outcome.WARNING, None)
    assert "sans rythme de comptage" in line.reasons[0]


def test_a_preview_kept_before_the_pace_was_read_still_comes_in() -> None:
    (line,) = assessed("Désignation;Quantité\r\nGants;10\r\n")
    del line.values["count_every_months"]
    assert stock_lines.stock_line(line).item.count_every_months is None


def test_the_same_batch_twice_in_a_file_is_proposed_as_a_duplicate() -> None:
    row = "Gants;EPI;boîte;10;;Uzès;L1;\r\n"
    lines = assessed(HEADINGS + row + row.replace("Gants", "GANTS").replace("Uzès", "uzes"))
    assert [line.outcome for line in lines] == [Outcome.ACCEPTED, Outcome.DUPLICATE]
    assert "à la ligne 2" in lines[1].reasons[0]


def test_nothing_is_saved_before_the_preview_is_accepted(coordinator: Browser) -> None:
    preview = upload(coordinator)
    assert preview.status == 200
    assert stock_of(coordinator) == {}
    report = coordinator.submit(preview, "main form").follow()
    assert report.status == 200
    assert stock_of(coordinator) == {
        "Garrots tourniquets": [24],
        "Gants nitrile M": [60],
        "Gel hydroalcoolique 500 mL": [85],
        "Groupe électrogène": [1],
        "Masques FFP2": [40, 15],
        "Solution de téléconsultation": [12],
        "Surblouses": [1200],
    }


def test_the_same_file_again_doubles_nothing_unless_ticked(coordinator: Browser) -> None:
    coordinator.submit(upload(coordinator), "main form")
    before = stock_of(coordinator)
    preview = upload(coordinator)
    coordinator.submit(preview, "main form")
    assert stock_of(coordinator) == before
    coordinator.submit(upload(coordinator), "main form", {"line_4": "force"})
    assert stock_of(coordinator) == before | {"Gants nitrile M": [60, 60]}


def test_a_preview_applied_twice_comes_in_once(coordinator: Browser) -> None:
    preview = upload(coordinator)
    coordinator.submit(preview, "main form")
    coordinator.submit(preview, "main form")
    assert stock_of(coordinator)["Masques FFP2"] == [40, 15]


def test_two_previews_of_one_file_do_not_double_it(coordinator: Browser) -> None:
    first, second = upload(coordinator), upload(coordinator)
    coordinator.submit(first, "main form")
    coordinator.submit(second, "main form")
    assert stock_of(coordinator)["Masques FFP2"] == [40, 15]


def test_an_item_already_in_stock_keeps_what_it_is_and_receives_batches(coordinator: Browser) -> None:
    coordinator.post("cpts.stock.create", {"name": "MASQUES FFP2", "unit": "carton", "threshold": "99"})
    coordinator.submit(upload(coordinator), "main form")
    item = db.session.scalars(sa.select(StockItem).where(StockItem.folded_name == "masques ffp2")).one()
    assert (item.name, item.unit, item.threshold) == ("MASQUES FFP2", "carton", 99)
    assert [batch.quantity for batch in item.batches] == [40, 15]


def test_the_refused_lines_come_back_as_a_file(coordinator: Browser) -> None:
    preview = upload(coordinator)
    address = preview.links()["Télécharger les lignes à reprendre (CSV)"]
    text = coordinator.open(address).content.decode("utf-8-sig")
    assert "Concentrateur d'oxygène" in text
    assert "négative" in text


def test_a_picture_is_refused_in_words(coordinator: Browser) -> None:
    fields: dict[str, Any] = {"file": (io.BytesIO(b"\x89PNG\x00\x00"), "photo.png")}
    page = coordinator.post("cpts.stock.read_import", fields)
    assert page.status == 422
    assert "photo.png" in page.text


def test_a_stranger_and_a_cell_member_cannot_import(
    coordinator: Browser, cell_member: Browser, stranger: Browser
) -> None:
    address = upload(coordinator).response.request.path
    assert stranger.open(address).status == 404
    assert cell_member.open(address).status == 403
    assert stranger.send(address, {}).status == 404
    assert cell_member.get("cpts.stock.import_form").status == 403
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StockBatch)) == 0


def test_what_is_exported_comes_back_as_duplicates_only(coordinator: Browser) -> None:
    coordinator.submit(upload(coordinator), "main form")
    exported = coordinator.get("cpts.stock.export_csv").content.decode("utf-8-sig")
    assert coordinator.cpts is not None
    lines = assessed(exported, queries.taken(coordinator.cpts))
    assert {line.outcome for line in lines} == {Outcome.DUPLICATE}
    assert len(lines) == 8
