"""The handover sheet: live, for whoever comes, and stored nowhere."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.document.blocks import Block, Paragraph, Table
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.needs import operations as needs
from crisis_plan.pilotage.needs.operations import Need
from crisis_plan.pilotage.needs.rules import NeedKind
from crisis_plan.pilotage.situation_reports.handover import handover
from crisis_plan.pilotage.situation_reports.handover_paper import sheet
from tests.browser import Browser
from tests.factories import NOON, AccountFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.crisis_functions.factories import a_function, a_shift
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.tasks.factories import a_task

HOUR = timedelta(hours=1)


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    made = a_crisis(cpts, account)
    made.pen_name = "Luc Fabre"
    db.session.commit()
    return made


def shown(cpts: Cpts, crisis: Crisis) -> tuple[Block, ...]:
    """What the sheet says at noon."""
    return sheet(cpts, crisis, handover(cpts, crisis, NOON)).chapters[0].blocks


def rows(cpts: Cpts, crisis: Crisis, headings: str) -> list[tuple[str, ...]]:
    """The lines of the table whose columns begin so."""
    tables = [block for block in shown(cpts, crisis) if isinstance(block, Table)]
    (wanted,) = [one for one in tables if "|".join(column.heading for column in one.columns).startswith(headings)]
    return [tuple(str(cell) for cell in row.cells) for row in wanted.rows]


def test_who_is_on_duty_and_who_is_missing(cpts: Cpts, crisis: Crisis) -> None:
    held = a_function(crisis, "Direction")
    a_shift(held, "Anne PETIT", ends_at=NOON + HOUR)
    a_shift(held, "Paul ROUX", starts_at=NOON + HOUR)
    a_function(crisis, "Logistique", position=2)
    assert rows(cpts, crisis, "Fonction|De service") == [
        ("Direction", "Anne PETIT", "De service", "Paul ROUX, 14:00"),
        ("Logistique", "personne", "SANS PERSONNE", ""),
    ]


def test_open_tasks_by_function_overdue_first(cpts: Cpts, crisis: Crisis) -> None:
    first, second = a_function(crisis, "Direction"), a_function(crisis, "Liaison", position=2)
    a_task(crisis, "Plus tard", function_id=second.id, due_at=NOON + HOUR)
    a_task(crisis, "En retard", function_id=second.id, due_at=NOON - HOUR)
    a_task(crisis, "À personne")
    a_task(crisis, "Sans heure", function_id=first.id)
    assert rows(cpts, crisis, "Fonction|Tâche") == [
        ("Direction", "Sans heure", ""),
        ("Liaison", "En retard", "EN RETARD 22/11 12:00"),
        ("Liaison", "Plus tard", "22/11 14:00"),
        ("À confier", "À personne", ""),
    ]


def test_decisions_of_the_last_twelve_hours_only(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    an_entry(crisis, account, "Hier", at=NOON - 13 * HOUR, kind=EntryKind.DECISION)
    an_entry(crisis, account, "Cette nuit", at=NOON - 11 * HOUR, kind=EntryKind.DECISION, decided_by="Direction")
    assert rows(cpts, crisis, "N°|Heure|Décision") == [("2", "22/11 02:00", "Cette nuit", "Direction")]


def test_the_last_fifteen_entries_in_their_order(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    for rank in range(17):
        an_entry(crisis, account, f"Fait {rank}", at=NOON)
    assert [row[0] for row in rows(cpts, crisis, "N°|Heure|Nature")] == [str(number) for number in range(3, 18)]


def test_the_page_says_its_hour_the_level_the_pen_and_the_open_needs(
    crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    needs.note(crisis, Need("30334", "Uzès", NeedKind.SHELTER, "Lits", None, 46), by=account, at=NOON)
    db.session.commit()
    page = cell_member.get("cpts.situation_reports.handover", crisis_id=crisis.id)
    assert page.texts("h1")[0].startswith("Passation du ")
    facts = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert (facts["Niveau"], facts["Plume"]) == ("Activation partielle", "Luc Fabre")
    assert "Accueil et hébergement, 46 personnes – Lits (à couvrir)" in page.texts("td")


def test_the_paper_bears_the_last_entry_and_its_seal(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    entry = an_entry(crisis, account, "Dernier fait", at=clock.now())
    db.session.commit()
    paper = cell_member.get("cpts.situation_reports.handover_pdf", crisis_id=crisis.id)
    text = " ".join(PdfReader(io.BytesIO(paper.content)).pages[0].extract_text().split())
    assert entry.seal[:40] in text
    assert "Dernier fait" in text
    assert paper.response.headers["Cache-Control"] == "no-store"


def test_what_does_not_hold_on_the_sheet_is_counted(cpts: Cpts, crisis: Crisis) -> None:
    for rank in range(30):
        a_task(crisis, f"Tâche {rank}", who="Infirmiers" if rank < 3 else "")
    assert len(rows(cpts, crisis, "Fonction|Tâche")) == 24
    words = [block.text[0].text for block in shown(cpts, crisis) if isinstance(block, Paragraph)]
    assert "6\u00a0autres tâches ouvertes\u00a0: À confier 6." in words


def test_it_is_offered_while_somebody_may_take_over(crisis: Crisis, cell_member: Browser) -> None:
    for closed_at, offered in ((None, True), (NOON, False)):
        crisis.closed_at = closed_at
        db.session.commit()
        page = cell_member.get("cpts.situation_reports.index", crisis_id=crisis.id)
        assert ("Lire la feuille de passation" in page.texts("main a")) is offered
