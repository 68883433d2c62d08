"""How the cell of the whole crisis ends it: report, handover, stand-down, closing, and what is left then."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.cell import (
    AT_ONCE,
    TITLE,
    Cell,
    accessible,
    go,
    last_of,
    mails_about,
    press,
    seen,
    text,
    typing_meanwhile,
)
from tests.journeys.conftest import COORDINATOR, REFERENT

OpenAs = Callable[..., Page]


def report_is_issued(cell: Cell) -> None:
    page = cell.referent
    go(page, "Points de situation")
    go(cell.member, "Salle de crise")
    accessible(page, "no report yet")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_role("button", name="Préparer le prochain point").click()
        expect(page.get_by_label("Besoins par commune")).to_have_value(re.compile("Oxygène pour la nuit"))
        accessible(page, "draft of a report")
        page.get_by_label("Évolution attendue").fill("La décrue est attendue demain matin.")
        page.get_by_role("button", name="Relire avant d’émettre").click()
        accessible(page, "report to read again")
        page.get_by_role("button", name="Émettre ce point").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Point de situation n° 1")
        seen("Point de situation n° 1", cell.loggist, cell.member)
    accessible(page, "report issued")
    assert "La décrue est attendue demain matin." in words(
        page, page.get_by_role("link", name="PDF émis").get_attribute("href")
    )


def handed_over(cell: Cell) -> None:
    page = cell.referent
    go(page, "Points de situation")
    paper = words(page, page.get_by_role("link", name="L’imprimer (PDF)").get_attribute("href"))
    assert "Oxygène pour la nuit" in paper
    assert "Luc Fabre" in paper
    page.get_by_role("link", name="Lire la feuille de passation").click()
    accessible(page, "handover sheet")


def stood_down_and_closed(cell: Cell) -> None:
    page = cell.referent
    go(page, "Levée et clôture")
    accessible(page, "before the stand-down")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_label("Qui décide la levée").fill("Direction (pilote), Claire Vidal")
        page.get_by_label("Pourquoi maintenant").fill("L’eau est redescendue.")
        page.get_by_role("button", name="Prononcer la levée").click()
        expect(page.get_by_role("main")).to_contain_text("Levée prononcée le")
        seen("Levée prononcée.", cell.loggist, cell.member)
    accessible(page, "before closing")
    expect(page.get_by_role("main")).to_contain_text("tâches ouvertes sans un mot")
    page.get_by_role("button", name="Clore et sceller le journal").click()
    expect(page.get_by_role("main")).to_contain_text("dites pourquoi vous closez quand même")
    accessible(page, "closing refused")
    with typing_meanwhile(text(cell.loggist), text(cell.member)):
        page.get_by_label("Pourquoi clore quand même").fill("Les tâches qui restent n’ont plus d’objet.")
        page.get_by_role("button", name="Clore et sceller le journal").click()
        expect(page.get_by_role("heading", name="Le sceau du journal")).to_be_visible()
        seen("Journal clos.", cell.loggist, cell.member)
    accessible(page, "closed")


def nothing_can_be_written(cell: Cell) -> None:
    """Everyone is told; once a page is opened again, everything is only read."""
    for page in (cell.loggist, cell.member):
        expect(page.locator("#suivi")).to_contain_text("ne change plus", timeout=AT_ONCE)
    page = cell.member
    for link in page.get_by_role("navigation", name="Salle de crise").get_by_role("link").all_inner_texts():
        go(page, link)
        expect(page.locator("main form[method=post]")).to_have_count(0)
        expect(page.locator("[data-live]")).to_have_count(0)
    go(page, "Salle de crise")
    accessible(page, "closed room on a telephone")
    press(cell.loggist, "Salle de crise", "Salle de crise")
    accessible(cell.loggist, "closed room")
    press(cell.loggist, "Journal", "Journal de bord")
    accessible(cell.loggist, "closed log")


def sealed(site: Flask, page: Page) -> None:
    """The last number and its seal: on each page of the PDF, in the spreadsheet, in the mails, and read again."""
    last = last_of(site, TITLE)
    facts = page.get_by_role("main").locator(".facts")
    expect(facts).to_contain_text(last.name)
    expect(facts).to_contain_text(last.seal)
    for sheet in pdf(page, page.get_by_role("link", name="Journal (PDF)").get_attribute("href")).pages:
        printed = "".join(sheet.extract_text().split())
        assert last.seal in printed
        assert f"n°{last.number}–sceau" in printed
    answer = page.request.get(page.get_by_role("link", name="Journal (CSV").get_attribute("href") or "")
    *_, line = csv.reader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";")
    assert (line[1], line[-1]) == (str(last.number), last.seal)
    told = [mail for mail in mails_about(site, "Journal clos") if TITLE in mail.body]
    assert {mail.recipient for mail in told} == {REFERENT, COORDINATOR}
    assert all(last.seal in mail.body for mail in told)
    arguments = ["verify-logbooks", "--crisis", str(last.crisis_id), "--expects", f"{last.number}:{last.seal}"]
    with site.app_context():
        found = site.test_cli_runner().invoke(args=arguments)
    assert found.exit_code == 0, found.output
    assert f"intact jusqu’à l’entrée {last.name}, sceau {last.seal}" in found.output


def pdf(page: Page, address: str | None) -> PdfReader:
    """A paper of the crisis, as this person downloads it."""
    answer = page.request.get(address or "")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))


def words(page: Page, address: str | None) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in pdf(page, address).pages).split())
