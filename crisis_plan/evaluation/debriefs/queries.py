"""Debriefs, read."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload, undefer

from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding, FigureComment, FindingEntry
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.organisations.models import Cpts


def debrief_or_404(cpts: Cpts, debrief_id: uuid.UUID) -> Debrief:
    """The debrief at this address, with its meetings; two statements."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.id == debrief_id)
    return db.session.scalars(query.options(selectinload(Debrief.meetings))).one_or_none() or abort(404)


def whole_or_404(cpts: Cpts, debrief_id: uuid.UUID) -> Debrief:
    """The debrief with all that was written in it: meetings, findings, what they rest on and what came of them,
    comments, addenda; seven statements, however many of each.
    """
    findings = selectinload(Debrief.findings)
    beside = (
        selectinload(Debrief.meetings),
        findings.selectinload(DebriefFinding.entries).joinedload(FindingEntry.entry),
        findings.selectinload(DebriefFinding.improvements),
        selectinload(Debrief.comments),
        selectinload(Debrief.addenda),
        undefer(Debrief.content),
    )
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.id == debrief_id)
    return db.session.scalars(query.options(*beside)).one_or_none() or abort(404)


def finding_or_404(debrief: Debrief, finding_id: uuid.UUID) -> DebriefFinding:
    """A finding of this debrief, what it rests on and what came of it; three statements."""
    query = sa.select(DebriefFinding).where(DebriefFinding.debrief_id == debrief.id, DebriefFinding.id == finding_id)
    beside = (
        selectinload(DebriefFinding.entries).joinedload(FindingEntry.entry),
        selectinload(DebriefFinding.improvements),
    )
    return db.session.scalars(query.options(*beside)).one_or_none() or abort(404)


def comment_on(debrief: Debrief, figure: str) -> FigureComment | None:
    """What was said of this figure, as it is stored now; one statement."""
    query = sa.select(FigureComment).where(FigureComment.debrief_id == debrief.id, FigureComment.figure == figure)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def of_crisis(cpts: Cpts, crisis_id: uuid.UUID) -> Debrief | None:
    """The debrief of this crisis or exercise of the crisis room, with its meetings; one statement."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.crisis_id == crisis_id)
    return db.session.scalars(query.options(joinedload(Debrief.meetings))).unique().one_or_none()


def of_exercise(cpts: Cpts, exercise_id: uuid.UUID) -> Debrief | None:
    """The debrief of this exercise of the programme, with its meetings; one statement."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.exercise_id == exercise_id)
    return db.session.scalars(query.options(joinedload(Debrief.meetings))).unique().one_or_none()


def being_written(cpts: Cpts) -> Sequence[Debrief]:
    """Those that nobody validated yet, the one due first on top, with their meetings; two statements."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.validated_at.is_(None))
    return db.session.scalars(query.options(selectinload(Debrief.meetings)).order_by(Debrief.report_on)).all()


def undecided(cpts: Cpts) -> Sequence[tuple[Debrief, int]]:
    """The debriefs being written whose weak points await a decision, and how many do; one statement."""
    waits = sa.and_(
        DebriefFinding.kind == FindingKind.WEAK,
        DebriefFinding.withdrawn_at.is_(None),
        ~sa.exists().where(Improvement.finding_id == DebriefFinding.id),
    )
    count = sa.func.count(DebriefFinding.id)
    query = sa.select(Debrief, count).join(DebriefFinding, sa.and_(DebriefFinding.debrief_id == Debrief.id, waits))
    of_cpts = query.where(Debrief.cpts_id == cpts.id, Debrief.validated_at.is_(None)).group_by(Debrief.id)
    return [(debrief, waiting) for debrief, waiting in db.session.execute(of_cpts.order_by(Debrief.report_on))]


def counts_of(cpts_ids: Collection[uuid.UUID], kept: sa.ColumnElement[bool]) -> dict[uuid.UUID, int]:
    """How many debriefs of each of these CPTS are kept; one without any is absent; one statement."""
    query = sa.select(Debrief.cpts_id, sa.func.count().label("debriefs")).where(Debrief.cpts_id.in_(cpts_ids), kept)
    return {row.cpts_id: row.debriefs for row in db.session.execute(query.group_by(Debrief.cpts_id))}
