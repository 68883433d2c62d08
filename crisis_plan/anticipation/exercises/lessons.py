"""What an exercise taught, as the evaluation turns it into improvements."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort

from crisis_plan.anticipation.exercises.models import Exercise, ExerciseLesson
from crisis_plan.db import db
from crisis_plan.evaluation.improvements.operations import Source
from crisis_plan.evaluation.improvements.rules import Origin
from crisis_plan.organisations.models import Cpts


@dataclass(frozen=True)
class Lesson:
    """One sentence that an exercise of the programme taught, and where an improvement of it says it comes from."""

    text: str
    source: Source


def lesson_or_404(cpts: Cpts, lesson_id: uuid.UUID) -> Lesson:
    """The lesson of this identity, of an exercise of this CPTS; one statement."""
    query = sa.select(Exercise, ExerciseLesson).join(Exercise.lessons)
    found = db.session.execute(query.where(Exercise.cpts_id == cpts.id, ExerciseLesson.id == lesson_id)).one_or_none()
    exercise, lesson = found or abort(404)
    words = f"{exercise.name}, leçon n°\u00a0{lesson.position}"
    return Lesson(lesson.text, Source(Origin.EXERCISE, words, exercise_id=exercise.id, lesson_id=lesson.id))
