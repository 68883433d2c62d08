"""A situation report is prepared, edited, then issued: numbered, frozen, printed, and told by the logbook."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, writing
from crisis_plan.document import leaflet, serial
from crisis_plan.document.blocks import Document, Edition
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, Written
from crisis_plan.pilotage.situation_reports import paper, prefill, queries
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.pilotage.situation_reports.rules import FEW_PAGES, Heading, proposed_next_point, report_name
from crisis_plan.web.formats import moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry


class IssuedAlready(RuleBroken):
    def __init__(self, report: SituationReport) -> None:
        self.name, self.by = report.name, report.issued_by_name

    def __str__(self) -> str:
        return f"{self.name} a été émis entre-temps par {self.by}\u00a0: il ne change plus."


class NextPointPassed(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "L’heure du prochain point est passée\u00a0: fixez-en une autre dans le brouillon, ou effacez-la."


class NoPointAwaited(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return (
            "La levée a été prononcée entre-temps\u00a0: enregistrez de nouveau le brouillon, "
            "il n’annoncera plus de prochain point."
        )


class NothingWritten(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Ce point ne dit rien encore\u00a0: écrivez au moins la situation."


TO_BE_READ_AGAIN = (NextPointPassed, NoPointAwaited, NothingWritten)
"""What refuses the issue of a draft, which is then shown as it is."""


def prepare(cpts: Cpts, crisis: Crisis, *, by: Account, at: datetime) -> SituationReport:
    """Open the draft, prefilled from everything; whoever comes second joins it. Raises `CrisisClosed`."""
    hold_open(crisis)
    if found := queries.draft(crisis):
        return found
    made = SituationReport(
        id=uuid.uuid4(),
        crisis_id=crisis.id,
        said=prefill.everything(prefill.seen(cpts, crisis, at)),
        next_point_at=None
        if crisis.stood_down_at
        else proposed_next_point(crisis.next_point_at, crisis.report_every_minutes, at),
        drafted_at=at,
        drafted_by_name=by.name,
        last_entry_number=logbook.last_number(crisis),
        version=1,
    )
    db.session.add(made)
    db.session.flush()
    return made


def save(
    crisis: Crisis,
    report: SituationReport,
    said: Mapping[Heading, str],
    *,
    next_point_at: datetime | None,
    seen_version: int,
) -> None:
    """Keep what is written under these headings; after the stand-down no point is awaited.

    Raises `CrisisClosed`, `IssuedAlready`, `Stale`.
    """
    _take_draft(crisis, report, seen_version)
    if crisis.stood_down_at is not None:
        next_point_at = None
    written = {**report.said, **{heading.value: text for heading, text in said.items()}}
    if (written, next_point_at) == (report.said, report.next_point_at):
        return
    report.said, report.next_point_at = written, next_point_at
    report.version += 1
    db.session.flush()


def await_again(crisis: Crisis) -> None:
    """What was stood down goes on: the draft announces the point that the crisis awaits now."""
    report = queries.draft(crisis)
    if report is not None:
        hold(report)
        report.next_point_at = crisis.next_point_at
        report.version += 1


def issue(
    cpts: Cpts,
    crisis: Crisis,
    report: SituationReport,
    *,
    seen_version: int,
    known_entry: int,
    by: Account,
    at: datetime,
) -> SituationReport:
    """Number it, freeze it and keep its PDF: what was read again is what is issued.

    `known_entry`: the last entry of the log that was there when it was read again. Prints first, outside any lock;
    stores only if the draft is still the same. Raises `CrisisClosed`, `IssuedAlready`, `Stale`, `NextPointPassed`,
    `NoPointAwaited`, `NothingWritten`.
    """
    _check(crisis, report, seen_version, at)
    number, author = queries.next_number(crisis), by.name
    known = logbook.entry_or_404(crisis, known_entry, Part.MAIN) if known_entry else None
    frozen = paper.report_paper(cpts, crisis, report, number=number, known=known, author=author, at=at)
    pdf = leaflet.render(frozen, Edition.RESTRICTED, few=FEW_PAGES)
    with writing():
        _take_draft(crisis, report, seen_version)
        _check(crisis, report, seen_version, at)
        if queries.next_number(crisis) != number:
            raise Stale
        return _store(cpts, crisis, report, frozen, pdf, number=number, known_entry=known_entry, by=by, at=at)


def _check(crisis: Crisis, report: SituationReport, seen_version: int, at: datetime) -> None:
    if report.issued_at is not None:
        raise IssuedAlready(report)
    if report.version != seen_version:
        raise Stale
    if report.next_point_at is not None and crisis.stood_down_at is not None:
        raise NoPointAwaited
    if report.next_point_at is not None and report.next_point_at <= at:
        raise NextPointPassed
    if not any(text.strip() for text in report.said.values()):
        raise NothingWritten


def _take_draft(crisis: Crisis, report: SituationReport, seen_version: int) -> None:
    """Hold the crisis, then its draft as it was seen."""
    hold_open(crisis)
    hold(report)
    if report.issued_at is not None:
        raise IssuedAlready(report)
    if report.version != seen_version:
        raise Stale


def _store(
    cpts: Cpts,
    crisis: Crisis,
    report: SituationReport,
    frozen: Document,
    pdf: bytes,
    *,
    number: int,
    known_entry: int,
    by: Account,
    at: datetime,
) -> SituationReport:
    """Everything at once, for the database refuses any change of it afterwards."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    if crisis.stood_down_at is None:
        crisis.next_point_at = report.next_point_at
    crisis.version += 1
    db.session.flush()
    text = _told(cpts, report, number, known_entry, sha256)
    entry: LogbookEntry = append_entry(crisis, Written(EntryKind.SITUATION_REPORT, text), by=by, at=at)
    report.number, report.entry_id, report.last_entry_number = number, entry.id, known_entry
    report.issued_at, report.issued_by_id, report.issued_by_name = at, by.id, by.name
    report.content, report.pdf, report.pdf_sha256 = serial.to_json(frozen), pdf, sha256
    report.version += 1
    db.session.flush()
    return report


def _told(cpts: Cpts, report: SituationReport, number: int, known_entry: int, sha256: str) -> str:
    """What the logbook says of the issue."""
    next_point = moment(report.next_point_at, cpts)
    return "\n".join(
        (
            f"{report_name(number)} émis.",
            f"Il connaît le journal jusqu’à l’entrée n°\u00a0{known_entry}."
            if known_entry
            else "Le journal était vide.",
            f"Prochain point\u00a0: {next_point}." if next_point else "Aucun prochain point n’est fixé.",
            f"PDF, empreinte SHA-256 {sha256}.",
        )
    )
