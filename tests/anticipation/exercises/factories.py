"""Exercises to arrange a test with."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.factories import NOON, TODAY


def exercise(
    cpts: Cpts,
    title: str = "Canicule",
    planned_on: date = TODAY,
    *,
    kind: ExerciseKind = ExerciseKind.TABLE_TOP,
    held_on: date | None = None,
    cancelled_on: date | None = None,
) -> Exercise:
    made = Exercise(
        cpts_id=cpts.id,
        kind=kind,
        title=title,
        planned_on=planned_on,
        held_on=held_on,
        cancelled_on=cancelled_on,
        place="Salle du conseil, Uzès",
        created_at=NOON,
        updated_at=NOON,
    )
    db.session.add(made)
    db.session.commit()
    return made
