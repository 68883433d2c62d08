"""Reports of imports, read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import load_only

from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.imports import rules
from crisis_plan.imports.columns import Matching
from crisis_plan.imports.models import ImportReport, RememberedColumn
from crisis_plan.imports.rules import ImportLine
from crisis_plan.imports.sheets import Sheet, SheetLine
from crisis_plan.organisations.models import Cpts

LISTED = 10


def report_or_404(cpts: Cpts, subject: str, report_id: UUID) -> ImportReport:
    """The report at this address, of this CPTS and about this subject."""
    query = sa.select(ImportReport).where(
        ImportReport.id == report_id, ImportReport.cpts_id == cpts.id, ImportReport.subject == subject
    )
    return db.session.scalars(query).one_or_none() or abort(404)


def recent(cpts: Cpts, subject: str) -> Sequence[ImportReport]:
    """The last files read about this subject, the newest first, without their lines."""
    return db.session.scalars(
        sa.select(ImportReport)
        .where(ImportReport.cpts_id == cpts.id, ImportReport.subject == subject)
        .options(load_only(ImportReport.file_name, ImportReport.read_at, ImportReport.applied_at))
        .order_by(ImportReport.read_at.desc(), ImportReport.id)
        .limit(LISTED)
    ).all()


def lines(report: ImportReport) -> list[ImportLine]:
    """What became of each line of the file."""
    return rules.from_json(report.lines)


def sheet(report: ImportReport) -> Sheet:
    """The table as the file had it, from the cells that the report keeps until it is applied."""
    keys = tuple(map(folded, report.headings))
    found = (SheetLine(line.number, keys, line.raw, line.overflows, line.unread) for line in lines(report) if line.raw)
    return Sheet(tuple(report.headings), keys, tuple(found))


def remembered(cpts: Cpts, subject: str) -> Matching:
    """What people of this CPTS said that headings mean."""
    mine = (RememberedColumn.cpts_id == cpts.id, RememberedColumn.subject == subject)
    rows = db.session.execute(sa.select(RememberedColumn.heading, RememberedColumn.field).where(*mine))
    return {row.heading: row.field for row in rows}


def decided(report: ImportReport) -> frozenset[str]:
    """The headings that people of this CPTS said the meaning of, or said not to read."""
    mine = (RememberedColumn.cpts_id == report.cpts_id, RememberedColumn.subject == report.subject)
    return frozenset(db.session.scalars(sa.select(RememberedColumn.heading).where(*mine)))
