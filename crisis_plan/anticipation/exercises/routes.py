"""The programme of exercises, on screen: every address of the blueprint, those of the calendar files here."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.exercises import queries
from crisis_plan.anticipation.exercises.calendar import entry
from crisis_plan.anticipation.exercises.drill_routes import bp
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.calendar_files import calendar_file
from crisis_plan.web.links import absolute

__all__ = ["bp"]


@bp.get("/exercices.ics")
@requires(Permission.READ_WORKING_DATA)
def all_as_calendar(cpts: Cpts) -> Response:
    """The whole programme, for a calendar application."""
    entries = [entry(one, address=address_of(cpts, one)) for one in queries.exercises(cpts)]
    return calendar_file(f"Exercices – {cpts.name}", entries, file_name=f"exercices_{cpts.slug}.ics")


@bp.get("/<uuid:exercise_id>/exercice.ics")
@requires(Permission.READ_WORKING_DATA)
def as_calendar(cpts: Cpts, exercise_id: UUID) -> Response:
    """One exercise, to put in one's own calendar."""
    exercise = queries.exercise_or_404(cpts, exercise_id)
    day = exercise.held_on or exercise.planned_on
    entries = [entry(exercise, address=address_of(cpts, exercise))]
    return calendar_file(cpts.name, entries, file_name=f"exercice_{day}.ics")


def address_of(cpts: Cpts, exercise: Exercise) -> str:
    return absolute("cpts.exercises.show", slug=cpts.slug, exercise_id=exercise.id)
