"""What the ARS is told holds on a page."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from crisis_plan.anticipation.stock import means_operations, means_queries, operations, queries, state_paper
from crisis_plan.anticipation.stock.descriptions import BatchDescription, ItemDescription, StockLine
from crisis_plan.anticipation.stock.kinds import MeansKind
from crisis_plan.anticipation.stock.means_operations import MeansDescription
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.factories import NOON, TODAY, AccountFactory

NAMES = ("Masques chirurgicaux adulte", "Gants nitrile taille M", "Solution hydroalcoolique 500 mL", "Surblouses")


def pages(cpts: Cpts, how_many: int, *, calling: int, means: int = 5) -> list[str]:
    """The state of a stock of so many items, of which some are short, expired or about to expire."""
    lines = []
    for rank in range(how_many):
        threshold = 5_000 if rank < calling else 20
        expires_on = TODAY + timedelta(days=(-3, 20, 400)[rank % 3]) if rank < calling else None
        item = ItemDescription(f"{NAMES[rank % 4]} {rank:03}", unit="boîte de 100", threshold=threshold)
        lines.append(StockLine(item, BatchDescription(1_200, expires_on=expires_on)))
    operations.import_stock(cpts, lines, by=AccountFactory(), at=NOON)
    for rank in range(means):
        description = MeansDescription(MeansKind.VEHICLE, f"Minibus {rank}", "9 places", available="Soirs et week-ends")
        means_operations.add_means(cpts, description, by=AccountFactory(), at=NOON)
    db.session.expire_all()
    held, others = queries.held_items(cpts, TODAY), means_queries.other_means(cpts)
    reader = PdfReader(io.BytesIO(state_paper.state(cpts, held, others, TODAY)))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


@pytest.mark.parametrize(("how_many", "calling"), [(3, 1), (12, 12), (45, 12), (45, 25), (60, 15)])
def test_what_a_cpts_holds_stands_on_one_page(cpts: Cpts, how_many: int, calling: int) -> None:
    (page,) = pages(cpts, how_many, calling=calling)
    assert all(f" {rank:03}" in page for rank in range(how_many))
    assert "Minibus 4" in page


def test_what_calls_for_attention_comes_first_and_in_full(cpts: Cpts) -> None:
    (page,) = pages(cpts, 45, calling=12)
    attention, well = page.split("Articles en quantité suffisante")
    assert all(f" {rank:03}" in attention for rank in range(12))
    assert all(f" {rank:03}" in well for rank in range(12, 45))
    assert "Sous le seuil" in attention
    assert "Sous le seuil" not in well
    assert "45 articles, dont 12 sous le seuil, 45 jamais comptés" in page.replace("\u00a0", " ")


def test_when_it_cannot_the_second_page_says_so(cpts: Cpts) -> None:
    first, second, *_ = pages(cpts, 120, calling=30, means=20)
    assert "État du stock (suite)" not in first
    assert second.count("État du stock (suite)") == 1
    assert "Articles en quantité suffisante" in second


def test_a_stock_where_all_is_well_and_an_empty_one_say_so(cpts: Cpts) -> None:
    assert "Aucun article en stock." in pages(cpts, 0, calling=0, means=0)[0]
    assert "Tous les articles sont en quantité suffisante." in pages(cpts, 4, calling=0)[0]
