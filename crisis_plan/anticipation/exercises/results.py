"""What took place: the last of each kind, and what is still to be told."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from crisis_plan.anticipation.exercises import drills
from crisis_plan.anticipation.exercises.activations import activations, called, last_counting
from crisis_plan.anticipation.exercises.drills import Drill
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

REHEARSALS = (ExerciseKind.COMMUNICATIONS_TEST, ExerciseKind.TABLE_TOP, ExerciseKind.LIVE)
"""What is rehearsed, apart from what is taught and told."""


@dataclass(frozen=True)
class Held:
    """Something that took place: an exercise, a test opened from the calls alone, a real activation in its place."""

    kind: ExerciseKind
    title: str
    day: date
    exercise: Exercise | None = None
    list_id: uuid.UUID | None = None
    """The calls that measured it."""


@dataclass(frozen=True)
class Untold:
    """An exercise of which nobody told yet."""

    id: uuid.UUID
    title: str
    planned_on: date
    tested_on: date | None
    """The day of its calls, once they are over."""


def last_held(cpts: Cpts, today: date) -> list[Held]:
    """The last one of each kind that took place, with its lessons, in the order of the kinds."""
    tests = drills.over(cpts)
    rows = db.session.scalars(
        sa.select(Exercise)
        .where(Exercise.cpts_id == cpts.id, sa.or_(Exercise.held_on <= today, Exercise.call_list_id.is_not(None)))
        .options(selectinload(Exercise.lessons))
        .order_by(Exercise.created_at)
    ).all()
    days = drills.days(tests)
    known = {one.call_list_id for one in rows}
    happened = [_alone(one) for one in tests if one.list_id not in known]
    happened += [found for one in rows if (found := _told(one, days.get(one.call_list_id)))]
    if activation := last_counting(activations(cpts), today):
        happened.append(Held(ExerciseKind.LIVE, called(activation), activation.over_on))
    last = {one.kind: one for one in sorted(happened, key=lambda one: one.day) if one.day <= today}
    return [last[kind] for kind in ExerciseKind if kind in last]


def _alone(test: Drill) -> Held:
    return Held(ExerciseKind.COMMUNICATIONS_TEST, test.title, test.day, list_id=test.list_id)


def _told(exercise: Exercise, tested_on: date | None) -> Held | None:
    """The day that was told, else that of the calls; none while it did not take place."""
    day = exercise.held_on or tested_on
    return Held(exercise.kind, exercise.title, day, exercise, exercise.call_list_id) if day else None


def untold(cpts: Cpts, today: date) -> Sequence[Untold]:
    """Exercises whose day has passed without a word, and tests whose calls are over without a report."""
    rows = db.session.scalars(
        sa.select(Exercise)
        .where(
            Exercise.cpts_id == cpts.id,
            Exercise.held_on.is_(None),
            Exercise.cancelled_on.is_(None),
            sa.or_(Exercise.planned_on < today, Exercise.call_list_id.is_not(None)),
        )
        .order_by(Exercise.planned_on, Exercise.id)
    ).all()
    has_calls = any(one.call_list_id for one in rows)
    days = drills.days(drills.over(cpts)) if has_calls else {}
    found = [Untold(one.id, one.title, one.planned_on, days.get(one.call_list_id)) for one in rows]
    return [one for one in found if one.tested_on or one.planned_on < today]


def told(cpts: Cpts) -> Sequence[Exercise]:
    """The exercises that were held, with their lessons, the latest first; two statements."""
    query = sa.select(Exercise).where(Exercise.cpts_id == cpts.id, Exercise.held_on.is_not(None))
    ordered = query.options(selectinload(Exercise.lessons)).order_by(Exercise.held_on.desc(), Exercise.title)
    return db.session.scalars(ordered).all()


@dataclass(frozen=True)
class Rehearsed:
    """How many exercises were held, and of how many somebody told what was observed or learnt."""

    held: int
    told: int


def rehearsed(cpts: Cpts, today: date) -> Rehearsed:
    """The tests, table-tops and live exercises of the programme, not what was taught; one statement."""
    is_told = sa.or_(Exercise.observed != "", Exercise.lessons.any())
    held, told_of = db.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((is_told, 1), else_=0)), 0)).where(
            Exercise.cpts_id == cpts.id, Exercise.kind.in_(REHEARSALS), Exercise.held_on <= today
        )
    ).one()
    return Rehearsed(held, int(told_of))
