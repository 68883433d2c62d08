"""What became of an exercise, and the pace, on screen. The same blueprint as `programme_routes`."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.exercises import measures, operations, queries
from crisis_plan.anticipation.exercises.forms import OutcomeForm
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.pace_form import PaceForm
from crisis_plan.anticipation.exercises.programme_routes import bp
from crisis_plan.anticipation.exercises.rules import mark_of
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

OUTCOME = "anticipation/exercises/outcome.html"
PACES = "anticipation/exercises/paces.html"


@bp.get("/<uuid:exercise_id>/a-eu-lieu")
@requires(Permission.EDIT_PLAN)
def outcome(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise, today = queries.exercise_or_404(cpts, exercise_id), clock.today(cpts)
    form = OutcomeForm.of(exercise, held_on=proposed_day(cpts, exercise, today), today=today)
    return render_template(OUTCOME, form=form, exercise=exercise, stored=None)


@bp.post("/<uuid:exercise_id>/a-eu-lieu")
@requires(Permission.EDIT_PLAN)
def save_outcome(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise, form = queries.exercise_or_404(cpts, exercise_id), OutcomeForm(today=clock.today(cpts))
    if not form.validate():
        return invalid(OUTCOME, form=form, exercise=exercise, stored=None)
    seen = form.seen_version.data or 0
    try:
        operations.tell_outcome(exercise, form.outcome(), seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(exercise.version)
        return invalid(OUTCOME, status=409, form=form, exercise=exercise, stored=form.beside(exercise))
    return done(otherwise=url_for(".show", exercise_id=exercise.id))


@bp.get("/<uuid:exercise_id>/annuler")
@requires(Permission.EDIT_PLAN)
def confirm_cancel(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    return render_template("anticipation/exercises/cancel.html", exercise=exercise)


@bp.post("/<uuid:exercise_id>/annuler")
@requires(Permission.EDIT_PLAN)
def cancel(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    operations.cancel(exercise, on=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", exercise_id=exercise.id), said="L’exercice est annulé.")


@bp.post("/<uuid:exercise_id>/remettre-au-programme")
@requires(Permission.EDIT_PLAN)
def put_back(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    operations.put_back(exercise, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", exercise_id=exercise.id), said="L’exercice est de nouveau au programme.")


@bp.get("/rythme")
@requires(Permission.EDIT_PLAN)
def paces(cpts: Cpts) -> ResponseReturnValue:
    return render_template(PACES, form=PaceForm.of(queries.paces(cpts)), stored=None)


@bp.post("/rythme")
@requires(Permission.EDIT_PLAN)
def save_paces(cpts: Cpts) -> ResponseReturnValue:
    form = PaceForm()
    if not form.validate():
        return invalid(PACES, form=form, stored=None)
    seen = form.seen_version.data or 0
    try:
        operations.choose_paces(cpts, form.paces(), seen=seen, by=current_user, at=clock.now())
    except Stale:
        stored = queries.paces(cpts)
        form.reopen_at(mark_of(stored))
        return invalid(PACES, status=409, form=form, stored=form.beside(stored))
    return done(otherwise=url_for(".index"), said="Le rythme est enregistré.")


def proposed_day(cpts: Cpts, exercise: Exercise, today: date) -> date:
    """The day of the calls of a test, else the planned day once it is past, else today."""
    found = measures.measured(cpts, exercise)
    return found.day if found else min(exercise.planned_on, today)
