"""Debriefs, read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import selectinload

from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.organisations.models import Cpts


def debrief_or_404(cpts: Cpts, debrief_id: uuid.UUID) -> Debrief:
    """The debrief at this address, with its meetings; two statements."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.id == debrief_id)
    return db.session.scalars(query.options(selectinload(Debrief.meetings))).one_or_none() or abort(404)


def of_crisis(cpts: Cpts, crisis_id: uuid.UUID) -> Debrief | None:
    """The debrief of this crisis or exercise of the crisis room; one statement."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.crisis_id == crisis_id)
    return db.session.scalars(query).one_or_none()


def of_exercise(cpts: Cpts, exercise_id: uuid.UUID) -> Debrief | None:
    """The debrief of this exercise of the programme; one statement."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.exercise_id == exercise_id)
    return db.session.scalars(query).one_or_none()


def being_written(cpts: Cpts) -> Sequence[Debrief]:
    """Those that nobody validated yet, the one due first on top, with their meetings; two statements."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.validated_at.is_(None))
    return db.session.scalars(query.options(selectinload(Debrief.meetings)).order_by(Debrief.report_on)).all()
