"""A situation report as a paper: the same frozen blocks make its page and its PDF, and its words make the e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document import prose
from crisis_plan.document.blocks import Block, Chapter, Document, Fact, Facts, Heading, Paragraph, Part, plain
from crisis_plan.document.typography import french
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import without_point
from crisis_plan.pilotage.logbook.wording import witness
from crisis_plan.pilotage.situation_reports.rules import report_name, written_headings
from crisis_plan.web.formats import moment

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry
    from crisis_plan.pilotage.situation_reports.models import SituationReport

NOTHING = "Rien à signaler."
NOBODY_NAMED = "Ce point ne doit nommer aucun patient\u00a0: des nombres, jamais des noms."
SMALL = 3
"""The level of headings that take little room: ten of them stand on a page or two."""


def report_paper(
    cpts: Cpts,
    crisis: Crisis,
    report: SituationReport,
    *,
    number: int,
    known: LogbookEntry | None,
    author: str,
    at: datetime,
) -> Document:
    """The report as it is issued: its number, hour and author, every heading, and the state of the log that it knows."""
    title = report_name(number)
    chapter = Chapter("point", title, tuple(_blocks(cpts, crisis, report, known, author, at)), Part.ANNEX)
    return paper.document(cpts, crisis, (chapter,), at=at, title=title, author=author, witness=witness(known))


def _blocks(
    cpts: Cpts, crisis: Crisis, report: SituationReport, known: LogbookEntry | None, author: str, at: datetime
) -> Iterable[Block]:
    yield Facts(
        (
            Fact("Crise", f"{crisis.name}\u00a0: {crisis.title}"),
            Fact("Émis", f"le {moment(at, cpts)}, par {author}"),
            Fact("Dernière entrée du journal connue", known.name if known else "aucune"),
            Fact("Prochain point", _next_point(cpts, crisis, report, at)),
        )
    )
    for heading, text in written_headings(report.said):
        yield Heading(heading.label, level=SMALL)
        yield from prose.blocks(text) or (Paragraph(plain(NOTHING)),)
    yield Paragraph(plain(NOBODY_NAMED, italic=True))


def _next_point(cpts: Cpts, crisis: Crisis, report: SituationReport, at: datetime | None) -> str:
    """What is announced, as it stood when the report was issued."""
    is_stood_down = bool(crisis.stood_down_at and at and crisis.stood_down_at <= at)
    return moment(report.next_point_at, cpts) or without_point(is_stood_down)


def mail_text(cpts: Cpts, crisis: Crisis, report: SituationReport) -> str:
    """The whole report in plain words: who reads it has no account, and needs none."""
    known = f"Dernière entrée du journal connue\u00a0: n°\u00a0{report.last_entry_number}"
    head = [
        f"{report.name} – {crisis.name}\u00a0: {crisis.title}",
        f"{cpts.name}, émis le {moment(report.issued_at, cpts)} par {report.issued_by_name}.",
        f"Prochain point\u00a0: {_next_point(cpts, crisis, report, report.issued_at)}. {known}.",
    ]
    parts = [f"{heading.label.upper()}\n{french(text) or NOTHING}" for heading, text in written_headings(report.said)]
    foot = [NOBODY_NAMED, f"Empreinte SHA-256 du PDF de ce point\u00a0: {report.pdf_sha256}"]
    return "\n\n".join(["\n".join(head), *parts, "\n".join(foot)])


def file_name(cpts: Cpts, crisis: Crisis, report: SituationReport) -> str:
    """« point-de-situation-3-du-2026-08-12-18h00_crise-3_uzege_2026-08-12.pdf »."""
    hour = clock.local(report.issued_at or report.drafted_at, cpts)
    return paper.file_name(cpts, crisis, f"point-de-situation-{report.number}-du-{hour:%Y-%m-%d-%Hh%M}", "pdf")
