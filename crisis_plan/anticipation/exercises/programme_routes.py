"""The programme on screen: what is planned, what took place, what the pace asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.exercises import activations, drills, invitations, lessons, measures, operations, queries
from crisis_plan.anticipation.exercises.forms import AddExerciseForm, ExerciseForm
from crisis_plan.anticipation.exercises.pace_form import in_months
from crisis_plan.anticipation.exercises.queries import Filters
from crisis_plan.anticipation.exercises.rules import REVIEWED, ExerciseKind, ExerciseState, state_of
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid, page_or_block

bp = Blueprint("exercises", __name__)

INDEX = "anticipation/exercises/index.html"
ADD = "anticipation/exercises/add.html"
EDIT = "anticipation/exercises/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    today = clock.today(cpts)
    years = queries.years(cpts, today)
    filters = asked_filters(years, today.year)
    page = queries.programme(cpts, filters, request.args.get("page", 1, type=int))
    tests = drills.over(cpts)
    tested = drills.days(tests)
    real = activations.activations(cpts)
    standings = queries.standings(cpts, today, tests, real)
    return page_or_block(
        INDEX,
        "programme",
        page=page,
        page_url=lambda number: url_for(".index", **asked(filters), page=number),
        states={one.id: state_of(one, today, is_tested=one.call_list_id in tested) for one in page.items},
        headcounts=queries.headcounts([one.id for one in page.items]),
        standings=standings,
        activations=activations.recent(real, activations.live_pace(standings), today),
        last_test=measures.measured_over(tests[0]) if tests else None,
        in_months=in_months,
        filters=filters,
        years=years,
        kinds=list(ExerciseKind),
    )


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    """The kind may be in the address: what the pace asks is one press away."""
    form = AddExerciseForm(formdata=None)
    if request.args.get("nature") in list(ExerciseKind):
        form.kind.data = request.args["nature"]
    return render_template(ADD, form=form)


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddExerciseForm()
    if not form.validate():
        return invalid(ADD, form=form)
    exercise = operations.plan_exercise(cpts, form.description(), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", exercise_id=exercise.id))


@bp.get("/<uuid:exercise_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise, today = queries.exercise_or_404(cpts, exercise_id), clock.today(cpts)
    measured = measures.measured(cpts, exercise)
    return render_template(
        "anticipation/exercises/show.html",
        exercise=exercise,
        state=state_of(exercise, today, is_tested=measured is not None and measured.is_closed),
        attendance=invitations.attendance(exercise),
        measured=measured,
        taught=lessons.taught(exercise, improvements.of_exercise(cpts, exercise.id)),
        today=today,
        debrief=debriefs.of_exercise(cpts, exercise.id),
        is_reviewed=exercise.held_on is not None and exercise.kind in REVIEWED,
        is_test=exercise.kind is ExerciseKind.COMMUNICATIONS_TEST,
        HELD=ExerciseState.HELD,
        TESTED=ExerciseState.TESTED,
        CANCELLED=ExerciseState.CANCELLED,
    )


@bp.get("/<uuid:exercise_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    return render_template(EDIT, form=ExerciseForm.of(exercise), exercise=exercise, stored=None)


@bp.post("/<uuid:exercise_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise, form = queries.exercise_or_404(cpts, exercise_id), ExerciseForm()
    if not form.validate():
        return invalid(EDIT, form=form, exercise=exercise, stored=None)
    seen = form.seen_version.data or 0
    try:
        operations.edit_exercise(exercise, form.description(), seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(exercise.version)
        return invalid(EDIT, status=409, form=form, exercise=exercise, stored=form.beside(exercise))
    return done(otherwise=url_for(".show", exercise_id=exercise.id))


def asked_filters(years: list[int], this_year: int) -> Filters:
    """The filters of the address; a year without programme is this year, an unknown kind is no filter."""
    year, kind = request.args.get("annee", this_year, type=int), request.args.get("nature", "")
    return Filters(
        year=year if year in years else this_year,
        kind=ExerciseKind(kind) if kind in list(ExerciseKind) else None,
    )


def asked(filters: Filters) -> dict[str, Any]:
    """The filters, as an address says them."""
    return {"annee": filters.year, "nature": filters.kind.value if filters.kind else None}
