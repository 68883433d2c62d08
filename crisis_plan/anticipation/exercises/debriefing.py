"""An exercise of the programme, as its debrief calls it."""

from __future__ import annotations

from datetime import date

from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.evaluation.debriefs.operations import Subject


def subject_of(exercise: Exercise, held_on: date) -> Subject:
    """« Exercice sur table, Canicule »: its kind is said once, though its title may begin with it."""
    says_its_kind = exercise.title.casefold().startswith(exercise.kind.label.casefold())
    return Subject(
        "Exercice" if says_its_kind else exercise.kind.label,
        exercise.title,
        held_on,
        is_exercise=True,
        crisis_type=exercise.crisis_type,
        exercise_id=exercise.id,
    )
