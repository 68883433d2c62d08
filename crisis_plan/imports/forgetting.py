"""What reports of imports still say of one person, and forgetting it before its time."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.imports import rules
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.rules import ImportLine, Outcome

IsAbout = Callable[[ImportLine], bool]
"""Whether a line is about the person whom one has in mind."""

ERASED = "Cette personne est sortie de l’annuaire : ce qui était écrit d’elle a été effacé."


@dataclass(frozen=True)
class Mention:
    """A line of a file that speaks of a person, as its report keeps it."""

    file_name: str
    read_at: datetime
    headings: Sequence[str]
    line: ImportLine


def mentions(cpts_id: uuid.UUID, is_about: IsAbout) -> list[Mention]:
    """The lines that speak of this person in the reports not yet forgotten, the newest first."""
    told = (ImportReport.file_name, ImportReport.read_at, ImportReport.headings, ImportReport.lines)
    return [
        Mention(file_name, read_at, headings, line)
        for file_name, read_at, headings, lines in db.session.execute(_remembering(cpts_id, *told))
        for line in rules.from_json(lines)
        if is_about(line)
    ]


def forget_person(cpts_id: uuid.UUID, is_about: IsAbout) -> int:
    """Empty every line that speaks of this person: one that waited to be imported no longer comes in. How many."""
    count = 0
    for report_id in db.session.scalars(_remembering(cpts_id, ImportReport.id)).all():
        report = db.session.get_one(ImportReport, report_id, with_for_update={"of": ImportReport})
        lines = rules.from_json(report.lines)
        kept = [_erased(line, report) if is_about(line) else line for line in lines]
        if erased := sum(old is not new for old, new in zip(lines, kept, strict=True)):
            report.lines = rules.to_json(kept)
            count += erased
    db.session.flush()
    return count


def _remembering(cpts_id: uuid.UUID, *columns: Any) -> sa.Select[Any]:
    """Reports that still hold what was typed, the newest first."""
    found = sa.select(*columns).where(ImportReport.cpts_id == cpts_id, ImportReport.forgotten_at.is_(None))
    return found.order_by(ImportReport.read_at.desc(), ImportReport.id)


def _erased(line: ImportLine, report: ImportReport) -> ImportLine:
    emptied = rules.forgotten(line)
    return emptied if report.applied_at else replace(emptied, outcome=Outcome.REFUSED, reasons=(ERASED,))
