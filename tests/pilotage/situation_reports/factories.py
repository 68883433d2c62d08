"""Situation reports to arrange a test with, made by the operations that people use."""

from __future__ import annotations

from datetime import datetime, timedelta

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.situation_reports import operations
from crisis_plan.pilotage.situation_reports.models import SituationReport


def a_draft(cpts: Cpts, crisis: Crisis, by: Account, *, at: datetime) -> SituationReport:
    """A draft as it is prefilled."""
    report = operations.prepare(cpts, crisis, by=by, at=at)
    db.session.commit()
    return report


def an_issued_report(cpts: Cpts, crisis: Crisis, by: Account, *, at: datetime) -> SituationReport:
    """A draft that is issued an instant later, as it is; what is not committed yet is, for issuing reads it anew."""
    report, known = a_draft(cpts, crisis, by, at=at), logbook.last_number(crisis)
    later = at + timedelta(seconds=30)
    operations.issue(cpts, crisis, report, seen_version=report.version, known_entry=known, by=by, at=later)
    db.session.commit()
    return report
