"""The situation reports of a crisis: the draft, and those that were issued."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, undefer

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.situation_reports.models import SituationReport
from crisis_plan.web.pages import Page, page_of


def page_of_issued(crisis: Crisis, number: int) -> Page[SituationReport]:
    """A page of what was issued, the latest first, each with its entry; two statements."""
    query = _of(crisis).where(SituationReport.number.is_not(None)).options(joinedload(SituationReport.entry))
    return page_of(query.order_by(SituationReport.number.desc()), number)


def draft(crisis: Crisis) -> SituationReport | None:
    """The one draft that is open; one statement."""
    return db.session.scalars(_of(crisis).where(SituationReport.number.is_(None)).limit(1)).one_or_none()


def latest(crisis: Crisis) -> SituationReport | None:
    """What was issued last; one statement."""
    query = _of(crisis).where(SituationReport.number.is_not(None)).order_by(SituationReport.number.desc())
    return db.session.scalars(query.limit(1)).one_or_none()


def report_or_404(crisis: Crisis, report_id: uuid.UUID) -> SituationReport:
    """The report at this address, draft or issued since."""
    return db.session.scalars(_of(crisis).where(SituationReport.id == report_id)).one_or_none() or abort(404)


def issued_or_404(crisis: Crisis, number: int) -> SituationReport:
    """The report of this number, with its frozen text and its entry."""
    query = _of(crisis).where(SituationReport.number == number)
    beside = (undefer(SituationReport.content), joinedload(SituationReport.entry))
    return db.session.scalars(query.options(*beside)).one_or_none() or abort(404)


def printed_or_404(crisis: Crisis, number: int) -> SituationReport:
    """The report of this number, with the bytes of its PDF."""
    query = _of(crisis).where(SituationReport.number == number)
    return db.session.scalars(query.options(undefer(SituationReport.pdf))).one_or_none() or abort(404)


def next_number(crisis: Crisis) -> int:
    """The number that the next report will bear; whoever issues it holds the crisis."""
    query = sa.select(sa.func.max(SituationReport.number)).where(SituationReport.crisis_id == crisis.id)
    return (db.session.scalar(query) or 0) + 1


def _of(crisis: Crisis) -> sa.Select[SituationReport]:
    return sa.select(SituationReport).where(SituationReport.crisis_id == crisis.id)
