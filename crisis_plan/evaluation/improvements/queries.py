"""Improvements, read."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from crisis_plan.db import db
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementDocument, ImprovementStep
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts

OPEN = Improvement.state.in_([state for state in ImprovementState if state.is_open])
BY_DAY = (Improvement.due_on, Improvement.number)
ORIGIN = joinedload(Improvement.finding)
"""Read with each: where the way to its debrief leads."""
FINDINGS = sa.table("debrief_findings", sa.column("id"), sa.column("debrief_id"))
DEBRIEFS = sa.table("debriefs", sa.column("id"), sa.column("validated_at"))
"""Of the floor above: known here by name."""
MAY_BE_PRINTED = sa.or_(
    Improvement.finding_id.is_(None),
    sa.exists().where(
        FINDINGS.c.id == Improvement.finding_id,
        DEBRIEFS.c.id == FINDINGS.c.debrief_id,
        DEBRIEFS.c.validated_at.is_not(None),
    ),
)
"""What a debrief taught stays inside the cell until it is validated: the plan is read by many."""


def improvement_or_404(cpts: Cpts, improvement_id: uuid.UUID) -> Improvement:
    """An improvement of this CPTS, with its steps and the names of its documents; three statements."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, Improvement.id == improvement_id)
    named = (ORIGIN, joinedload(Improvement.publication))
    beside = (selectinload(Improvement.steps), selectinload(Improvement.documents))
    return db.session.scalars(query.options(*named, *beside)).one_or_none() or abort(404)


def improvements(cpts: Cpts) -> Sequence[Improvement]:
    """All of them, whatever became of them, with the version that names each; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id)
    named = (ORIGIN, joinedload(Improvement.publication))
    return db.session.scalars(query.options(*named).order_by(Improvement.number)).all()


def document_or_404(cpts: Cpts, document_id: uuid.UUID) -> ImprovementDocument:
    """A document that proves an improvement of this CPTS, unless an order emptied it."""
    query = sa.select(ImprovementDocument).join(ImprovementDocument.improvement)
    query = query.where(Improvement.cpts_id == cpts.id, ImprovementDocument.id == document_id)
    query = query.where(ImprovementDocument.content.is_not(None))
    return db.session.scalars(query).one_or_none() or abort(404)


def still_open(cpts: Cpts) -> Sequence[Improvement]:
    """What is neither done nor refused, the most urgent first; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, OPEN)
    return db.session.scalars(query.options(ORIGIN).order_by(*BY_DAY)).all()


def open_and_printed(cpts: Cpts) -> Sequence[Improvement]:
    """The same, but for what comes from a debrief that is being written; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, OPEN, MAY_BE_PRINTED)
    return db.session.scalars(query.order_by(*BY_DAY)).all()


def open_of_section(cpts: Cpts, section_key: str) -> Sequence[Improvement]:
    """What is still to be changed in this section; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, OPEN, Improvement.section_key == section_key)
    return db.session.scalars(query.options(ORIGIN).order_by(*BY_DAY)).all()


def open_by_section(cpts: Cpts) -> dict[str, list[Improvement]]:
    """What is still to be changed in each section, by its key; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, OPEN, Improvement.section_key != "")
    found: dict[str, list[Improvement]] = {}
    for one in db.session.scalars(query.order_by(*BY_DAY)):
        found.setdefault(one.section_key, []).append(one)
    return found


def open_of_card(cpts: Cpts, card_id: uuid.UUID) -> Sequence[Improvement]:
    """What is still to be changed in this card; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, OPEN, Improvement.card_id == card_id)
    return db.session.scalars(query.options(ORIGIN).order_by(*BY_DAY)).all()


def overdue(cpts: Cpts, today: date) -> Sequence[Improvement]:
    """What should be done by now, the longest overdue first; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, OPEN, Improvement.due_on < today)
    return db.session.scalars(query.options(ORIGIN).order_by(*BY_DAY)).all()


def done_and_not_named(cpts: Cpts) -> Sequence[Improvement]:
    """What is done and that the next published version names in its change list; one statement."""
    query = sa.select(Improvement).where(
        Improvement.cpts_id == cpts.id,
        Improvement.state == ImprovementState.DONE,
        Improvement.publication_id.is_(None),
        MAY_BE_PRINTED,
    )
    return db.session.scalars(query.options(ORIGIN).order_by(Improvement.number)).all()


def done_since(cpts: Cpts, moment: datetime) -> Sequence[Improvement]:
    """What was done from this moment on and may be printed, the latest first; one statement."""
    of_cpts = (Improvement.cpts_id == cpts.id, MAY_BE_PRINTED)
    query = sa.select(Improvement).where(
        *of_cpts, Improvement.state == ImprovementState.DONE, Improvement.changed_at >= moment
    )
    return db.session.scalars(query.order_by(Improvement.changed_at.desc(), Improvement.number)).all()


def last_steps(known: Collection[Improvement], moment: datetime) -> dict[uuid.UUID, ImprovementStep]:
    """Of each of these, the last step recorded after this moment, where there is one; one statement."""
    query = sa.select(ImprovementStep).where(
        ImprovementStep.improvement_id.in_([one.id for one in known]), ImprovementStep.at > moment
    )
    return {step.improvement_id: step for step in db.session.scalars(query.order_by(ImprovementStep.number))}


def of_exercise(cpts: Cpts, exercise_id: uuid.UUID) -> Sequence[Improvement]:
    """What this exercise of the programme taught to do better, lesson by lesson or not; one statement."""
    query = sa.select(Improvement).where(Improvement.cpts_id == cpts.id, Improvement.exercise_id == exercise_id)
    return db.session.scalars(query.order_by(Improvement.number)).all()


def of_findings(finding_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Improvement]]:
    """What was decided of each of these findings; one statement."""
    query = sa.select(Improvement).where(Improvement.finding_id.in_(finding_ids)).order_by(Improvement.number)
    found: dict[uuid.UUID, list[Improvement]] = {}
    for one in db.session.scalars(query):
        if one.finding_id:
            found.setdefault(one.finding_id, []).append(one)
    return found


def of_sources(
    cpts: Cpts, *, lesson_ids: Collection[uuid.UUID] = (), opinion_ids: Collection[uuid.UUID] = ()
) -> dict[uuid.UUID, list[Improvement]]:
    """What was decided of each of these lessons or opinions, by their identity; one statement."""
    query = sa.select(Improvement).where(
        Improvement.cpts_id == cpts.id,
        sa.or_(Improvement.lesson_id.in_(lesson_ids), Improvement.opinion_id.in_(opinion_ids)),
    )
    found: dict[uuid.UUID, list[Improvement]] = {}
    for one in db.session.scalars(query.order_by(Improvement.number)):
        source = one.lesson_id or one.opinion_id
        if source:
            found.setdefault(source, []).append(one)
    return found
