"""The programme of exercises, read."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import selectinload, undefer

from crisis_plan.anticipation.exercises import activations as real
from crisis_plan.anticipation.exercises import drills, rules
from crisis_plan.anticipation.exercises.attendance import Headcount
from crisis_plan.anticipation.exercises.drills import Drill
from crisis_plan.anticipation.exercises.models import (
    Exercise,
    ExerciseDocument,
    ExercisePace,
    ExerciseParticipant,
)
from crisis_plan.anticipation.exercises.results import last_held, rehearsed, told, untold
from crisis_plan.anticipation.exercises.rules import ExerciseKind, Standing
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.reviewed import Reviewed
from crisis_plan.months import add_months
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.pages import Page, page_of

__all__ = ["last_held", "rehearsed", "told", "untold"]

TEST, LIVE = ExerciseKind.COMMUNICATIONS_TEST, ExerciseKind.LIVE
DAY = sa.func.coalesce(Exercise.held_on, Exercise.planned_on)
"""The day on which an exercise stands in the programme."""

EMPTY = (
    "Aucun exercice ni action de sensibilisation n’est programmé, et aucun n’a eu lieu depuis 12 mois\u00a0: "
    "ajoutez-en un au programme."
)


@dataclass(frozen=True)
class Filters:
    """Which exercises of the programme are shown."""

    year: int
    kind: ExerciseKind | None = None


def programme(cpts: Cpts, filters: Filters, number: int) -> Page[Exercise]:
    """A page of the year's exercises, in the order of their days."""
    first, last = date(filters.year, 1, 1), date(filters.year, 12, 31)
    query = sa.select(Exercise).where(Exercise.cpts_id == cpts.id, DAY.between(first, last))
    if filters.kind:
        query = query.where(Exercise.kind == filters.kind)
    return page_of(query.order_by(DAY, Exercise.title, Exercise.id), number)


def years(cpts: Cpts, today: date) -> list[int]:
    """From the first year that has an exercise to the last one, this year included."""
    first, last = db.session.execute(
        sa.select(sa.func.min(DAY), sa.func.max(DAY)).where(Exercise.cpts_id == cpts.id)
    ).one()
    return list(range(min(first or today, today).year, max(last or today, today).year + 1))


def exercises(cpts: Cpts) -> Sequence[Exercise]:
    """The whole programme, in the order of its days."""
    return db.session.scalars(
        sa.select(Exercise).where(Exercise.cpts_id == cpts.id).order_by(DAY, Exercise.title, Exercise.id)
    ).all()


def exercise_or_404(cpts: Cpts, exercise_id: uuid.UUID) -> Exercise:
    """An exercise with its lessons and the names of its documents."""
    return db.session.scalars(
        sa.select(Exercise)
        .where(Exercise.cpts_id == cpts.id, Exercise.id == exercise_id)
        .options(selectinload(Exercise.lessons), selectinload(Exercise.documents))
    ).one_or_none() or abort(404)


def document_or_404(cpts: Cpts, document_id: uuid.UUID) -> ExerciseDocument:
    """A document with its bytes."""
    return db.session.scalars(
        sa.select(ExerciseDocument)
        .join(ExerciseDocument.exercise)
        .where(Exercise.cpts_id == cpts.id, ExerciseDocument.id == document_id)
        .options(undefer(ExerciseDocument.content))
    ).one_or_none() or abort(404)


def paces(cpts: Cpts) -> dict[ExerciseKind, int | None]:
    """The pace of every kind: what this CPTS chose, else what is proposed."""
    rows = db.session.scalars(sa.select(ExercisePace).where(ExercisePace.cpts_id == cpts.id))
    return rules.with_proposed({one.kind: one.months for one in rows})


def standings(
    cpts: Cpts,
    today: date,
    tests: Sequence[Drill] | None = None,
    activations: Sequence[Reviewed] | None = None,
) -> list[Standing]:
    """What the pace asks of each kind today. `tests` and `activations`: when known already.

    A test whose calls are over counts as held, a real activation whose lessons are drawn as a live exercise.
    """
    tests = drills.over(cpts) if tests is None else tests
    activation = real.last_counting(real.activations(cpts) if activations is None else activations, today)
    over = [one.list_id for one in tests]
    is_planned = sa.and_(
        Exercise.held_on.is_(None),
        Exercise.cancelled_on.is_(None),
        Exercise.planned_on >= today,
        sa.or_(Exercise.call_list_id.is_(None), Exercise.call_list_id.not_in(over)),
    )
    rows = db.session.execute(
        sa.select(Exercise.kind, sa.func.max(Exercise.held_on), sa.func.min(sa.case((is_planned, Exercise.planned_on))))
        .where(Exercise.cpts_id == cpts.id)
        .group_by(Exercise.kind)
    )
    known: Days = {kind: (held, planned) for kind, held, planned in rows}
    told_on, next_on = known.get(TEST, (None, None))
    known[TEST] = (max(filter(None, [told_on, *(one.day for one in tests)]), default=None), next_on)
    replaced = _replaced(known, activation)
    found = [
        rules.standing(kind, months, last_held_on=held, planned_on=planned, today=today)
        for kind, months in paces(cpts).items()
        for held, planned in [known.get(kind, (None, None))]
    ]
    return [replace(one, replaced_by=replaced.get(one.kind, "")) for one in found]


Days = dict[ExerciseKind, tuple[date | None, date | None]]
"""When each kind was last held, and when it is next planned."""


def _replaced(known: Days, activation: Reviewed | None) -> dict[ExerciseKind, str]:
    """Count the activation as the last live exercise, where it is the latest; what it is called."""
    held_on, next_on = known.get(LIVE, (None, None))
    if activation is None or (held_on and held_on >= activation.over_on):
        return {}
    known[LIVE] = (activation.over_on, next_on)
    return {LIVE: real.called(activation)}


def to_come(cpts: Cpts, today: date, until: date) -> Sequence[Exercise]:
    """What is planned from today to this day, both included; not a test whose calls are over."""
    rows = db.session.scalars(
        sa.select(Exercise)
        .where(
            Exercise.cpts_id == cpts.id,
            Exercise.held_on.is_(None),
            Exercise.cancelled_on.is_(None),
            Exercise.planned_on.between(today, until),
        )
        .order_by(Exercise.planned_on, Exercise.title, Exercise.id)
    ).all()
    over = drills.days(drills.over(cpts)) if any(one.call_list_id for one in rows) else {}
    return [one for one in rows if one.call_list_id not in over]


def headcounts(exercise_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Headcount]:
    """How many were invited to each of these exercises, and came; one statement."""
    came = sa.func.sum(sa.case((ExerciseParticipant.was_present, 1), else_=0))
    rows = db.session.execute(
        sa.select(ExerciseParticipant.exercise_id, sa.func.count(), came)
        .where(ExerciseParticipant.exercise_id.in_(exercise_ids))
        .group_by(ExerciseParticipant.exercise_id)
    )
    counted = {exercise_id: Headcount(invited, int(present)) for exercise_id, invited, present in rows}
    return {one: counted.get(one, Headcount()) for one in exercise_ids}


def missing(cpts: Cpts, today: date) -> tuple[str, ...]:
    """What the requirement « sensibilisation » still lacks: something planned, or held in the last 12 months."""
    since = add_months(today, -rules.COUNTS_FOR)
    counts = sa.or_(
        sa.and_(Exercise.held_on >= since, Exercise.held_on <= today),
        sa.and_(Exercise.held_on.is_(None), Exercise.cancelled_on.is_(None), Exercise.planned_on >= today),
    )
    has_one = db.session.scalar(sa.select(sa.exists().where(Exercise.cpts_id == cpts.id, counts)))
    return () if has_one or any(since <= one.day <= today for one in drills.over(cpts)) else (EMPTY,)
