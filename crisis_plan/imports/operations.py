"""Keeping what was read, applying it once, and forgetting what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.imports import rules
from crisis_plan.imports.columns import Matching
from crisis_plan.imports.models import ImportReport, RememberedColumn
from crisis_plan.imports.rules import ImportLine
from crisis_plan.organisations.models import Cpts

LONGEST_FILE_NAME = 200
KEPT = timedelta(days=30)
"""How long a preview waits, and how long the lines to redo stay readable."""


@dataclass(frozen=True)
class Preview:
    """What a file says before anything of it is saved."""

    subject: str
    file_name: str
    lines: Sequence[ImportLine]
    headings: Sequence[str] = ()
    matching: Matching = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


def keep_preview(cpts: Cpts, preview: Preview, *, by: Account | None, at: datetime) -> ImportReport:
    """Keep what a file says, line by line, before anything of it is saved."""
    report = ImportReport(
        cpts_id=cpts.id,
        subject=preview.subject,
        file_name=preview.file_name[:LONGEST_FILE_NAME],
        read_at=at,
        read_by_id=by.id if by else None,
        headings=list(preview.headings),
        matching=dict(preview.matching),
        details=dict(preview.details),
        lines=rules.to_json(preview.lines),
    )
    db.session.add(report)
    db.session.flush()
    return report


def match_again(
    cpts: Cpts, report_id: uuid.UUID, subject: str, matching: Matching, lines: Iterable[ImportLine]
) -> bool:
    """Keep which column is which, for this file and for the next ones. False when the file was applied meanwhile."""
    changed = db.session.execute(
        sa.update(ImportReport)
        .where(ImportReport.id == report_id, ImportReport.applied_at.is_(None))
        .values(matching=dict(matching), lines=rules.to_json(lines))
        .returning(ImportReport.id)
        .execution_options(synchronize_session=False)
    ).first()
    if changed is None:
        return False
    remembered = (RememberedColumn.cpts_id == cpts.id, RememberedColumn.subject == subject)
    db.session.execute(sa.delete(RememberedColumn).where(*remembered, RememberedColumn.heading.in_(list(matching))))
    db.session.add_all(
        RememberedColumn(cpts_id=cpts.id, subject=subject, heading=heading, field=key)
        for heading, key in matching.items()
    )
    db.session.flush()
    return True


def claim(report_id: uuid.UUID, *, at: datetime) -> bool:
    """Take this report to apply it. False when it was applied already, even an instant ago by someone else."""
    taken = db.session.execute(
        sa.update(ImportReport)
        .where(ImportReport.id == report_id, ImportReport.applied_at.is_(None))
        .values(applied_at=at)
        .returning(ImportReport.id)
        .execution_options(synchronize_session=False)
    ).first()
    return taken is not None


def mark_applied(
    cpts: Cpts,
    subject: str,
    report_id: uuid.UUID,
    kept: list[dict[str, object]],
    *,
    by: Account | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write what the report keeps of each line (`rules.once_applied`), and that the import took place."""
    _write(report_id, lines=kept, **({} if details is None else {"details": dict(details)}))
    history.record(history.Verb.IMPORTED, subject, report_id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()


def purge(*, at: datetime) -> int:
    """Delete the previews that nobody applied in 30 days, and empty the lines applied before. How many reports."""
    limit = at - KEPT
    waited = sa.delete(ImportReport).where(ImportReport.applied_at.is_(None), ImportReport.read_at < limit)
    deleted = db.session.execute(waited.returning(ImportReport.id)).all()
    old = db.session.scalars(
        sa.select(ImportReport.id).where(ImportReport.applied_at < limit, ImportReport.forgotten_at.is_(None))
    ).all()
    for report_id in old:
        _forget(report_id, at)
    return len(deleted) + len(old)


def _forget(report_id: uuid.UUID, at: datetime) -> None:
    stored = db.session.scalar(sa.select(ImportReport.lines).where(ImportReport.id == report_id))
    lines = rules.to_json(map(rules.forgotten, rules.from_json(stored or ())))
    _write(report_id, lines=lines, headings=[], matching={}, forgotten_at=at)


def _write(report_id: uuid.UUID, **values: object) -> None:
    """Without loading the report: the lines of a long file are not read again under the lock."""
    change = sa.update(ImportReport).where(ImportReport.id == report_id).values(**values)
    db.session.execute(change.execution_options(synchronize_session=False))
