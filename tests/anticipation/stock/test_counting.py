"""A count sheet printed, filled by hand and typed back in one page."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from crisis_plan.anticipation.stock import movements, operations
from crisis_plan.anticipation.stock.kinds import MovementKind
from crisis_plan.anticipation.stock.models import StockBatch, StockMovement
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.anticipation.stock.factories import batch_of
from tests.browser import Browser, Page
from tests.factories import NOON, TODAY, AccountFactory, CptsFactory

FORM = "main form[method=post]"


@pytest.fixture
def three(coordinator: Browser) -> list[StockBatch]:
    assert coordinator.cpts
    return [
        batch_of(coordinator.cpts, "Gants", 10),
        batch_of(coordinator.cpts, "Masques", 40, label="M1", place="Mairie de Sernhac"),
        batch_of(coordinator.cpts, "Gel", 5, label="", place=""),
    ]


def line(batch: StockBatch) -> str:
    return f"counted_{batch.id.hex}"


def counts() -> dict[str, tuple[int, int | None]]:
    rows = db.session.execute(
        sa.select(StockMovement, StockBatch).join(StockMovement.batch).where(StockMovement.kind == MovementKind.COUNT)
    )
    return {batch.item.name: (movement.change, movement.counted) for movement, batch in rows}


def quantities(batches: list[StockBatch]) -> list[int]:
    db.session.expire_all()
    return [batch.quantity for batch in batches]


def pdf_words(page: Page) -> str:
    reader = PdfReader(io.BytesIO(page.content))
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)


def test_a_count_is_typed_back_in_one_go(coordinator: Browser, three: list[StockBatch]) -> None:
    gloves, masks, gel = three
    page = coordinator.get("cpts.stock.count_all")
    assert page.texts("h2") == ["Mairie de Sernhac", "Pharmacie d’Uzès", "Lieu non renseigné"]
    sent = coordinator.submit(page, FORM, {line(gloves): "8", line(masks): "40", line(gel): ""})
    assert sent.status == 303
    assert quantities(three) == [8, 40, 5]
    assert counts() == {"Gants": (-2, 8), "Masques": (0, 40)}
    again = coordinator.submit(page, FORM, {line(gloves): "8", line(masks): "40", line(gel): ""})
    assert again.status == 303
    assert len(db.session.scalars(sa.select(StockMovement)).all()) == 5


def test_a_place_is_counted_apart(coordinator: Browser, three: list[StockBatch]) -> None:
    page = coordinator.get("cpts.stock.count_all", lieu="Mairie de Sernhac")
    assert page.texts("tbody th") == ["Masques (boîte)"]
    assert coordinator.submit(page, FORM, {line(three[1]): "39"}).status == 303
    assert quantities(three) == [10, 39, 5]


def test_one_wrong_line_refuses_all_and_loses_nothing(coordinator: Browser, three: list[StockBatch]) -> None:
    gloves, masks, _ = three
    page = coordinator.get("cpts.stock.count_all")
    refused = coordinator.submit(page, FORM, {line(gloves): "8", line(masks): "quarante"})
    assert refused.status == 422
    assert "Écrivez un nombre entier" in refused.texts(f"#{line(masks)}-error")[0]
    assert [refused.html.select_one(f"#{line(one)}")["value"] for one in (gloves, masks)] == ["8", "quarante"]
    assert quantities(three) == [10, 40, 5]
    assert coordinator.submit(refused, FORM, {line(masks): "41"}).status == 303
    assert quantities(three) == [8, 41, 5]


def test_what_moved_meanwhile_is_said_on_its_line(coordinator: Browser, three: list[StockBatch]) -> None:
    gloves, masks, _ = three
    page = coordinator.get("cpts.stock.count_all")
    movements.take_out(gloves, 3, on=TODAY, by=AccountFactory(), at=NOON)
    db.session.commit()
    refused = coordinator.submit(page, FORM, {line(gloves): "9", line(masks): "38"})
    assert refused.status == 409
    assert "10 à l’ouverture de la page, 7 maintenant" in refused.texts(f"#{line(gloves)}-error")[0]
    assert refused.texts(f"#{line(masks)}-error") == []
    assert quantities(three) == [7, 40, 5]
    assert coordinator.submit(refused, FORM).status == 303
    assert quantities(three) == [9, 38, 5]


def test_a_batch_removed_meanwhile_is_said(coordinator: Browser, three: list[StockBatch]) -> None:
    gloves, masks, _ = three
    page = coordinator.get("cpts.stock.count_all")
    operations.remove_batch(gloves, by=AccountFactory(), at=NOON)
    db.session.commit()
    refused = coordinator.submit(page, FORM, {line(gloves): "9", line(masks): "38"})
    assert refused.status == 409
    assert "vient d’être retiré" in refused.texts(".error-summary")[0]
    assert coordinator.submit(refused, FORM).status == 303
    assert quantities([masks]) == [38]


def test_an_empty_count_and_one_of_tomorrow_are_refused(coordinator: Browser, three: list[StockBatch]) -> None:
    page = coordinator.get("cpts.stock.count_all")
    assert "au moins un compte" in coordinator.submit(page, FORM).texts(".error-summary")[0]
    refused = coordinator.submit(page, FORM, {line(three[0]): "1", "happened_on": "2090-01-01"})
    assert "n’est pas encore venu" in refused.texts("#happened_on-error")[0]
    assert counts() == {}


def test_another_cpts_is_never_counted(coordinator: Browser, three: list[StockBatch]) -> None:
    theirs = batch_of(CptsFactory(), "Brancards", 2)
    page = coordinator.get("cpts.stock.count_all")
    assert "Brancards" not in page.text
    coordinator.post("cpts.stock.save_count", {line(theirs): "0", f"seen_{theirs.id.hex}": "2"})
    assert quantities([theirs]) == [2]


def test_the_count_sheet_is_printed_by_place(coordinator: Browser, three: list[StockBatch]) -> None:
    sheet = coordinator.get("cpts.stock.count_sheet")
    assert f"comptage_uzege_{TODAY:%Y}" in sheet.response.headers["Content-Disposition"]
    words = pdf_words(sheet)
    assert all(said in words for said in ("Mairie de Sernhac", "Pharmacie d’Uzès", "Gants (boîte)", "M1", "Compté"))
    assert " 40 " not in words
    expected = pdf_words(coordinator.get("cpts.stock.count_sheet", attendu="1", lieu="Mairie de Sernhac"))
    assert " 40 " in expected
    assert "Gants" not in expected


def test_an_empty_stock_has_nothing_to_count(coordinator: Browser, cpts: Cpts) -> None:
    assert "Il n’y a encore rien à compter" in coordinator.get("cpts.stock.count_all").text
