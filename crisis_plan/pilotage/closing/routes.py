"""Stand-down and closing, on screen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.closing import operations, queries
from crisis_plan.pilotage.closing.forms import CloseForm, DropForm, ResumeForm, StandDownForm
from crisis_plan.pilotage.closing.operations import ReasonNeeded
from crisis_plan.pilotage.closing.rules import cold_debrief_by
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Stage
from crisis_plan.pilotage.crisis_functions.queries import deciders
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.tasks.dropping import drop_the_rest
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("closing", __name__)

SHOW = "pilotage/closing/show.html"
A_DAY = timedelta(days=1)


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Where the crisis stands on its way to the end, and the form of the next step."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    return render_template(SHOW, **beside(cpts, crisis))


@bp.post("/levee")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def stand_down(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crises.crisis_or_404(cpts, crisis_id)
    form = StandDownForm()
    if not form.validate():
        return invalid(SHOW, **{**beside(cpts, crisis), "stand_down_form": form})
    operations.stand_down(crisis, form.said(), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", crisis_id=crisis_id), said="La levée est prononcée et notée au journal.")


@bp.post("/reprise")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def resume(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The stand-down came too early."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    form = ResumeForm()
    if not form.validate():
        return invalid(SHOW, **{**beside(cpts, crisis), "resume_form": form})
    operations.resume(crisis, reason=form.why.data or "", by=current_user, at=clock.now())
    return done(
        otherwise=url_for("cpts.room.show", crisis_id=crisis_id), said=f"{crisis.name} reprend, le journal le dit."
    )


@bp.post("/taches")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def drop_tasks(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Say once of every silent task what would be said of each."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    form = DropForm()
    if not form.validate():
        return invalid(SHOW, **{**beside(cpts, crisis), "drop_form": form})
    count = drop_the_rest(crisis, form.word.data or "", key=form.key, by=current_user, at=clock.now())
    said = counted(count, "tâche est abandonnée", "tâches sont abandonnées")
    return done(otherwise=url_for(".show", crisis_id=crisis_id), said=f"{said}, avec votre mot, et notées au journal.")


@bp.post("/")
@requires(Permission.CLOSE_CRISIS)
@creates_once
def close(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crises.crisis_or_404(cpts, crisis_id)
    form = CloseForm()
    if not form.validate():
        return invalid(SHOW, **{**beside(cpts, crisis), "close_form": form})
    try:
        operations.close(crisis, reason=form.reason.data or "", by=current_user, at=clock.now())
    except ReasonNeeded as refusal:
        form.reason.errors = [str(refusal)]
        return invalid(SHOW, **{**beside(cpts, crisis), "close_form": form})
    return done(otherwise=url_for(".show", crisis_id=crisis_id), said="Le journal est clos et scellé.")


def beside(cpts: Cpts, crisis: Crisis) -> dict[str, Any]:
    """What the page shows: how far it is, what is left open, and the forms of the steps to come."""
    today, is_over = clock.today(cpts), crisis.stage is Stage.CLOSED
    return {
        "crisis": crisis,
        "warnings": None if is_over else queries.warnings(crisis, clock.now()),
        "last": logbook.last(crisis, Part.MAIN) if is_over else None,
        "debrief": debriefs.of_crisis(cpts, crisis.id) if is_over else None,
        "last_of_annex": logbook.last(crisis, Part.ANNEX) if is_over else None,
        "stand_down_form": StandDownForm(
            formdata=None,
            hot_debrief_on=today + A_DAY,
            cold_debrief_on=cold_debrief_by(today),
            handed_over="" if is_over else queries.needs_left(crisis),
            stock="" if is_over else queries.material_gone(crisis),
        ),
        "drop_form": DropForm(formdata=None),
        "resume_form": ResumeForm(formdata=None),
        "close_form": CloseForm(formdata=None),
        "deciders": deciders(crisis, clock.now()) if crisis.stage is Stage.ACTIVE else [],
        "message": None if is_over else queries.stand_down_message(cpts, crisis),
    }
