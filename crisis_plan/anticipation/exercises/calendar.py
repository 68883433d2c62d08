"""Exercises as the entries of a calendar."""

from __future__ import annotations

from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.web.calendar_files import CalendarEntry


def entry(exercise: Exercise, *, address: str) -> CalendarEntry:
    """The exercise on the day when it took place, or is planned."""
    return CalendarEntry(
        identity=f"exercise-{exercise.id}",
        day=exercise.held_on or exercise.planned_on,
        summary=f"Annulé – {exercise.name}" if exercise.cancelled_on else exercise.name,
        changed_at=exercise.updated_at,
        description=exercise.objectives,
        place=exercise.place,
        address=address,
        revision=exercise.version - 1,
        is_cancelled=exercise.cancelled_on is not None,
    )
