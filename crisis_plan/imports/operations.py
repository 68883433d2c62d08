"""Keeping what was read, and applying it once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.imports import rules
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.rules import ImportLine
from crisis_plan.organisations.models import Cpts

LONGEST_FILE_NAME = 200


def keep_preview(
    cpts: Cpts, subject: str, file_name: str, lines: Iterable[ImportLine], *, by: Account, at: datetime
) -> ImportReport:
    """Keep what a file says, line by line, before anything of it is saved."""
    report = ImportReport(
        cpts_id=cpts.id,
        subject=subject,
        file_name=file_name[:LONGEST_FILE_NAME],
        read_at=at,
        read_by_id=by.id,
        lines=rules.to_json(lines),
    )
    db.session.add(report)
    db.session.flush()
    return report


def claim(report: ImportReport, *, at: datetime) -> bool:
    """Take this report to apply it. False when it was applied already, even an instant ago by someone else."""
    taken = db.session.execute(
        sa.update(ImportReport)
        .where(ImportReport.id == report.id, ImportReport.applied_at.is_(None))
        .values(applied_at=at)
        .returning(ImportReport.id)
        .execution_options(synchronize_session=False)
    ).first()
    db.session.refresh(report, ["applied_at"])
    return taken is not None


def mark_applied(
    report: ImportReport, lines: Iterable[ImportLine], *, imported: Iterable[int], by: Account, at: datetime
) -> None:
    """Write what became of each line; `imported` are the numbers of those that came in."""
    came_in = frozenset(imported)
    report.lines = rules.to_json(replace(line, is_imported=line.number in came_in) for line in lines)
    history.record(history.Verb.IMPORTED, report.subject, report.id, cpts_id=report.cpts_id, by=by, at=at)
    db.session.flush()
