"""What an exercise taught, as the evaluation turns it into improvements."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import abort

from crisis_plan.anticipation.exercises.models import Exercise, ExerciseLesson
from crisis_plan.db import db
from crisis_plan.evaluation.improvements.operations import Source
from crisis_plan.evaluation.improvements.rules import Origin
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement


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


@dataclass(frozen=True)
class Taught:
    """The lessons of an exercise, each with what was decided of it; and what comes of a lesson said otherwise since."""

    by_lesson: Sequence[tuple[ExerciseLesson, Sequence[Improvement]]]
    of_former_lessons: Sequence[Improvement]


def taught(exercise: Exercise, improvements: Sequence[Improvement]) -> Taught:
    """The improvements of an exercise, each beside its lesson."""
    known = {lesson.id for lesson in exercise.lessons}
    return Taught(
        [(lesson, [one for one in improvements if one.lesson_id == lesson.id]) for lesson in exercise.lessons],
        [one for one in improvements if one.lesson_id not in known],
    )
