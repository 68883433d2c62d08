"""One task on screen: a word about it, its text, its function, its hour. The same blueprint as `list_routes`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.tasks import operations, queries, ticks, wording
from crisis_plan.pilotage.tasks.forms import AddTaskForm, SayForm, TaskForm
from crisis_plan.pilotage.tasks.list_routes import bp
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.pilotage.tasks.ticks import WordNeeded
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

SHOW = "pilotage/tasks/show.html"
ADD = "pilotage/tasks/add.html"
EDIT = "pilotage/tasks/edit.html"


@bp.get("/ajouter")
@requires(Permission.WRITE_LOGBOOK)
def add(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crises.open_crisis_or_404(cpts, crisis_id)
    return render_template(ADD, crisis=crisis, form=AddTaskForm(crisis_functions.functions(crisis), formdata=None))


@bp.post("/ajouter")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def create(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, now = crises.crisis_or_404(cpts, crisis_id), clock.now()
    form = AddTaskForm(crisis_functions.functions(crisis))
    if not form.validate():
        return invalid(ADD, crisis=crisis, form=form)
    operations.add(crisis, form.description(cpts, now), key=form.key, by=current_user, at=now)
    return done(otherwise=url_for(".index", crisis_id=crisis.id), said="La tâche est ajoutée.")


@bp.get("/<uuid:task_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, crisis_id: UUID, task_id: UUID) -> ResponseReturnValue:
    crisis = crises.crisis_or_404(cpts, crisis_id)
    task = queries.task_or_404(crisis, task_id)
    return render_template(SHOW, form=SayForm.of(task), **beside(crisis, task))


@bp.post("/<uuid:task_id>/noter")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def say(cpts: Cpts, crisis_id: UUID, task_id: UUID) -> ResponseReturnValue:
    """Where the task stands, with a word."""
    crisis, form = crises.crisis_or_404(cpts, crisis_id), SayForm()
    task = queries.task_or_404(crisis, task_id)
    if not form.validate():
        return invalid(SHOW, form=form, **beside(crisis, task))
    try:
        ticks.say(crisis, task, form.said(), seen_entry=form.seen_entry.data or 0, by=current_user, at=clock.now())
    except WordNeeded as refusal:
        refuse(form, "word", refusal)
        return invalid(SHOW, form=form, **beside(crisis, task))
    except Stale:
        form.reopen_at(task)
        return invalid(SHOW, status=409, form=form, meanwhile=wording.already(task, cpts), **beside(crisis, task))
    return done(otherwise=url_for(".show", crisis_id=crisis.id, task_id=task.id), said="C’est noté.")


@bp.get("/<uuid:task_id>/modifier")
@requires(Permission.WRITE_LOGBOOK)
def edit(cpts: Cpts, crisis_id: UUID, task_id: UUID) -> ResponseReturnValue:
    crisis = crises.open_crisis_or_404(cpts, crisis_id)
    task = queries.task_or_404(crisis, task_id)
    form = TaskForm.of(task, crisis_functions.functions(crisis), cpts)
    return render_template(EDIT, crisis=crisis, task=task, form=form, stored=None)


@bp.post("/<uuid:task_id>/modifier")
@requires(Permission.WRITE_LOGBOOK)
def save(cpts: Cpts, crisis_id: UUID, task_id: UUID) -> ResponseReturnValue:
    crisis, now = crises.crisis_or_404(cpts, crisis_id), clock.now()
    task, form = queries.task_or_404(crisis, task_id), TaskForm(crisis_functions.functions(crisis))
    if not form.validate():
        return invalid(EDIT, crisis=crisis, task=task, form=form, stored=None)
    seen, description = form.seen_version.data or 0, form.description(cpts, now)
    try:
        operations.change(crisis, task, description, form.word.data or "", seen_version=seen, by=current_user, at=now)
    except Stale:
        form.reopen_at(task.version)
        stored = form.beside(task, cpts, now)
        return invalid(EDIT, status=409, crisis=crisis, task=task, form=form, stored=stored)
    return done(otherwise=url_for(".show", crisis_id=crisis.id, task_id=task.id), said="La tâche est modifiée.")


def beside(crisis: Crisis, task: CrisisTask) -> dict[str, Any]:
    """What the page of a task shows around its form."""
    now = clock.now()
    return {"crisis": crisis, "task": task, "row": queries.task_now(crisis, task, now)}
