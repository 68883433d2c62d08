"""Issuing: once, numbered, frozen with its PDF, told by the logbook; then nothing of it changes."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pypdf import PdfReader
from sqlalchemy.exc import DBAPIError

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.situation_reports import operations, queries
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.situation_reports.operations import (
    IssuedAlready,
    NextPointPassed,
    NoPointAwaited,
    NothingWritten,
)
from crisis_plan.pilotage.situation_reports.rules import Heading
from tests.browser import Browser
from tests.factories import NOON, AccountFactory
from tests.pilotage.crises.factories import a_crisis
from tests.pilotage.logbook.factories import an_entry
from tests.pilotage.situation_reports.factories import a_draft, an_issued_report

HOUR = timedelta(hours=1)


@pytest.fixture
def account(cpts: Cpts) -> Account:
    made: Account = AccountFactory(name="Nadia Benali")
    return made


@pytest.fixture
def crisis(cpts: Cpts, account: Account) -> Crisis:
    made = a_crisis(cpts, account)
    an_entry(made, account, "Alerte reçue", at=NOON, kind=EntryKind.ALERT)
    db.session.commit()
    return made


def pages(report: SituationReport) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(report.pdf or b"")).pages]


def test_an_issued_report_is_numbered_frozen_and_told(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = an_issued_report(cpts, crisis, account, at=NOON)
    entry = logbook.entry_or_404(crisis, 2)
    assert (report.number, report.last_entry_number, report.entry_id) == (1, 1, entry.id)
    assert entry.kind is EntryKind.SITUATION_REPORT
    assert entry.said.text.split("\n") == [
        "Point de situation n°\u00a01 émis.",
        "Il connaît le journal jusqu’à l’entrée n°\u00a01.",
        "Prochain point\u00a0: 22/11/2026 à 17:00.",
        f"PDF, empreinte SHA-256 {report.pdf_sha256}.",
    ]
    assert hashlib.sha256(report.pdf or b"").hexdigest() == report.pdf_sha256
    assert crisis.next_point_at == NOON + 4 * HOUR


def test_the_paper_says_which_crisis_who_when_and_the_state_of_the_log(
    cpts: Cpts, crisis: Crisis, account: Account
) -> None:
    report = an_issued_report(cpts, crisis, account, at=NOON)
    (page,) = pages(report)
    seal = logbook.entry_or_404(crisis, 1).seal
    for said in ("Crise n° 1", "Feu de forêt", "22/11/2026 à 13:00", "Nadia Benali", "Besoins par commune", seal[:40]):
        assert said in page.replace("\u00a0", " ")
    assert "EXERCICE" not in page


def test_an_exercise_says_so_on_its_paper_and_in_its_title(cpts: Cpts, account: Account) -> None:
    played = a_crisis(cpts, account, mode=Mode.EXERCISE)
    report = an_issued_report(cpts, played, account, at=NOON)
    assert "EXERCICE" in pages(report)[0]
    assert queries.issued_or_404(played, 1).content["title"] == "[EXERCICE] Point de situation n°\u00a01"  # type: ignore[index]


def test_reports_are_numbered_without_gaps_in_each_crisis(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    other = a_crisis(cpts, account)
    made = [an_issued_report(cpts, one, account, at=NOON) for one in (crisis, crisis, other)]
    assert [report.number for report in made] == [1, 2, 1]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE situation_reports SET pdf_sha256 = 'x'",
        "UPDATE situation_reports SET number = 9",
        "DELETE FROM situation_reports",
    ],
)
def test_the_database_refuses_to_change_what_was_issued(
    cpts: Cpts, crisis: Crisis, account: Account, change: str
) -> None:
    an_issued_report(cpts, crisis, account, at=NOON)
    with pytest.raises(DBAPIError, match="situation_reports refuses"):
        db.session.execute(sa.text(change))
    db.session.rollback()


def test_a_report_is_issued_once(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = an_issued_report(cpts, crisis, account, at=NOON)
    with pytest.raises(IssuedAlready, match="émis entre-temps par Nadia Benali"):
        operations.issue(cpts, crisis, report, seen_version=report.version, known_entry=1, by=account, at=NOON + HOUR)
    with pytest.raises(IssuedAlready):
        operations.save(crisis, report, {Heading.NEEDS: "Autre"}, next_point_at=None, seen_version=report.version)


def test_what_was_not_read_again_is_not_issued(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    operations.save(crisis, report, {Heading.NEEDS: "Autre"}, next_point_at=None, seen_version=1)
    db.session.commit()
    with pytest.raises(Stale):
        operations.issue(cpts, crisis, report, seen_version=1, known_entry=1, by=account, at=NOON)


def test_a_next_point_in_the_past_is_refused(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    with pytest.raises(NextPointPassed):
        operations.issue(cpts, crisis, report, seen_version=1, known_entry=1, by=account, at=NOON + 5 * HOUR)


def test_after_the_stand_down_no_point_is_announced(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    assert report.next_point_at is not None
    crisis.stood_down_at, crisis.next_point_at = NOON, None
    db.session.commit()
    with pytest.raises(NoPointAwaited):
        operations.issue(cpts, crisis, report, seen_version=1, known_entry=1, by=account, at=NOON)
    operations.save(crisis, report, {}, next_point_at=report.next_point_at, seen_version=1)
    db.session.commit()
    operations.issue(cpts, crisis, report, seen_version=2, known_entry=1, by=account, at=NOON)
    assert crisis.next_point_at is None
    assert "Aucun prochain point n’est fixé." in logbook.entry_or_404(crisis, 2).said.text


def test_a_stand_down_while_the_report_is_printed_is_seen(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    assert (crisis.stood_down_at, report.next_point_at) == (None, NOON + 4 * HOUR)
    with db.engine.begin() as elsewhere:
        elsewhere.execute(sa.update(Crisis).where(Crisis.id == crisis.id).values(stood_down_at=NOON))
    assert crisis.stood_down_at is None
    with pytest.raises(NoPointAwaited):
        operations.issue(cpts, crisis, report, seen_version=1, known_entry=1, by=account, at=NOON)
    db.session.rollback()
    assert (crisis.stood_down_at, queries.report_or_404(crisis, report.id).issued_at) == (NOON, None)


def test_a_report_that_says_nothing_is_refused(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    empty = dict.fromkeys(Heading, "")
    operations.save(crisis, report, empty, next_point_at=None, seen_version=1)
    db.session.commit()
    with pytest.raises(NothingWritten):
        operations.issue(cpts, crisis, report, seen_version=2, known_entry=1, by=account, at=NOON)


def test_a_crisis_closed_meanwhile_issues_nothing(cpts: Cpts, crisis: Crisis, account: Account) -> None:
    report = a_draft(cpts, crisis, account, at=NOON)
    crisis.closed_at = NOON
    db.session.commit()
    with pytest.raises(CrisisClosed):
        operations.issue(cpts, crisis, report, seen_version=1, known_entry=1, by=account, at=NOON)
    assert queries.latest(crisis) is None


def test_a_report_is_reread_then_issued_and_its_page_is_its_paper(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=clock.now())
    where = {"crisis_id": crisis.id}
    reread = cell_member.get("cpts.situation_reports.review", report_id=report.id, **where)
    assert "Dernière entrée du journal connue n° 1" in reread.text.replace("\u00a0", " ")
    an_entry(crisis, account, "Noté pendant la relecture", at=clock.now())
    db.session.commit()
    shown = cell_member.submit(reread).follow()
    assert shown.texts("h1") == ["Point de situation n° 1"]
    assert shown.texts(".card dd") == reread.texts(".card dd")
    db.session.refresh(report)
    assert report.last_entry_number == 1
    paper = cell_member.get("cpts.situation_reports.pdf", number=1, **where)
    assert hashlib.sha256(paper.content).hexdigest() == report.pdf_sha256
    assert paper.response.headers["ETag"] == f'"{report.pdf_sha256}"'
    assert (
        f"point-de-situation-1-du-{clock.local(report.issued_at or NOON, cpts):%Y-%m-%d-%Hh%M}"
        in (paper.response.headers["Content-Disposition"])
    )


def test_two_who_issue_the_same_draft_issue_it_once(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser, referent: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=clock.now())
    reread = [
        one.get("cpts.situation_reports.review", crisis_id=crisis.id, report_id=report.id)
        for one in (cell_member, referent)
    ]
    assert [one.submit(page).status for one, page in zip((cell_member, referent), reread, strict=True)] == [303, 409]
    assert cell_member.submit(reread[0]).location.endswith("/1")
    assert queries.next_number(crisis) == 2


def test_a_draft_changed_during_the_reading_is_shown_again(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    report = a_draft(cpts, crisis, account, at=clock.now())
    reread = cell_member.get("cpts.situation_reports.review", crisis_id=crisis.id, report_id=report.id)
    operations.save(
        crisis, report, {Heading.NEEDS: "Ajout de dernière minute"}, next_point_at=report.next_point_at, seen_version=1
    )
    db.session.commit()
    again = cell_member.submit(reread)
    assert again.status == 409
    assert "Ajout de dernière minute" in again.text
    assert cell_member.submit(again).status == 303


def test_the_list_costs_the_same_for_one_report_and_for_three(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser
) -> None:
    from tests.statements import MOST_OF_A_PAGE, counted_statements

    costs = []
    for count in (1, 3):
        while queries.next_number(crisis) <= count:
            an_issued_report(cpts, crisis, account, at=NOON)
        with counted_statements() as sent:
            page = cell_member.get("cpts.situation_reports.index", crisis_id=crisis.id)
        costs.append(len([one for one in sent if one.startswith("SELECT")]))
        assert len(page.texts("li.card")) == count
    assert costs[0] == costs[1] <= MOST_OF_A_PAGE


def test_a_stranger_and_another_crisis_find_nothing(
    cpts: Cpts, crisis: Crisis, account: Account, cell_member: Browser, stranger: Browser
) -> None:
    an_issued_report(cpts, crisis, account, at=NOON)
    other = a_crisis(cpts, account)
    db.session.commit()
    assert stranger.get("cpts.situation_reports.show", crisis_id=crisis.id, number=1).status == 404
    assert cell_member.get("cpts.situation_reports.pdf", crisis_id=other.id, number=1).status == 404
