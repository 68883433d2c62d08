"""The measuring code runs; what it measures is judged by people, never by a test."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from pypdf import PdfReader

from benchmarks import annuaire, demo, pages, printing, weight
from benchmarks.table import table
from benchmarks.timing import Times, interleaved
from crisis_plan.document.blocks import Document
from tests.document.documents import plan


@pytest.fixture(scope="module")
def operator_only() -> Iterator[Flask]:
    """A small installation: the accounts of the demonstration, before its story."""
    with demo.empty_installation() as app:
        demo.accounts_only(app)
        yield app


def test_the_p95_is_what_95_in_100_do_not_exceed() -> None:
    assert Times([float(taken) for taken in range(1, 101)]).p95 == 95.0
    assert Times([2.0]).p95 == 2.0


def test_both_sides_are_done_in_turn() -> None:
    done: list[str] = []
    interleaved({"one": lambda: done.append("one"), "other": lambda: done.append("other")}, rounds=2)
    assert done == ["one", "other"] * 3


def test_figures_stand_on_the_right_of_their_column() -> None:
    assert table("Title", ("page", "ms"), [("home", "7.0"), ("plan", "12.5")]).splitlines()[-2:] == [
        "home   7.0",
        "plan  12.5",
    ]


def test_every_page_that_links_reach_is_opened_and_its_statements_counted(operator_only: Flask) -> None:
    reference, found = pages.measure(operator_only, accounts=("operateur",), rounds=1)
    statements = {page.visit.endpoint: page.statements for page in found}
    assert {"installation.index", "access.my_account", "pages.help_page"} <= statements.keys()
    assert min(statements.values()) >= 1
    assert len(reference.clock.taken) == len(found)


def test_the_first_page_weighs_with_its_font_scripts_and_styles(operator_only: Flask) -> None:
    kinds = {address.split("?")[0].rpartition(".")[2] for address in weight.first_page(operator_only, "br")}
    assert {"/connexion", "woff2", "css", "js"} <= kinds


def test_both_printers_are_given_the_same_words(operator_only: Flask) -> None:
    document: Document = plan(contact_count=2)
    page = printing.as_html(operator_only, document)
    printed = printing.printing(printing.OURS, printing.content_for(printing.OURS, operator_only, document))()
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages)
    for word in ("Élodie", "référent", "Besoins"):
        assert word in page
        assert word in text


def test_the_extraction_and_the_bare_loop_read_the_same_file() -> None:
    found = annuaire.measure(megabytes=1, rounds=1)
    assert all(len(times.taken) == 1 and peak > 0 for times, peak in found.values())
