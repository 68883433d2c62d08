"""Who serves and when: putting on duty, planning a relief, ending. The same blueprint as `board_routes`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.choosing import chooser
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_functions import offers, operations, queries, serving
from crisis_plan.pilotage.crisis_functions.board_routes import back, bp
from crisis_plan.pilotage.crisis_functions.forms import AddFunctionForm, EndForm, PutOnDutyForm, ReliefForm
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction
from crisis_plan.pilotage.crisis_functions.refusals import (
    EndsBeforeItStarts,
    FunctionThere,
    PlannedAlready,
    StartsInThePast,
)
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

ADD = "pilotage/crisis_functions/add.html"
PUT = "pilotage/crisis_functions/put_on_duty.html"
PLAN = "pilotage/crisis_functions/plan_relief.html"
END = "pilotage/crisis_functions/end.html"
REFUSED = (EndsBeforeItStarts, PlannedAlready, StartsInThePast)


@bp.get("/ajouter")
@requires(Permission.WRITE_LOGBOOK)
def add(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crises.open_crisis_or_404(cpts, crisis_id)
    return render_template(ADD, crisis=crisis, form=AddFunctionForm(formdata=None))


@bp.post("/ajouter")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def create(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, form = crises.crisis_or_404(cpts, crisis_id), AddFunctionForm()
    if not form.validate():
        return invalid(ADD, crisis=crisis, form=form)
    try:
        function = operations.add_function(
            crisis, form.name.data or "", form.task.data or "", key=form.key, by=current_user, at=clock.now()
        )
    except FunctionThere as refusal:
        refuse(form, "name", refusal)
        return invalid(ADD, crisis=crisis, form=form)
    return done(otherwise=back(crisis, function), said="La fonction est ajoutée\u00a0: dites qui la tient.")


@bp.get("/<uuid:function_id>/mettre-de-service")
@requires(Permission.WRITE_LOGBOOK)
def put(cpts: Cpts, crisis_id: UUID, function_id: UUID) -> ResponseReturnValue:
    crisis, function = crisis_and_function(cpts, crisis_id, function_id)
    form = PutOnDutyForm(chooser(cpts, people_only=True), formdata=None, seen_version=function.version)
    return render_template(PUT, form=form, **around(crisis, function))


@bp.post("/<uuid:function_id>/mettre-de-service")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def save_put(cpts: Cpts, crisis_id: UUID, function_id: UUID) -> ResponseReturnValue:
    """Someone serves from now on."""
    form = PutOnDutyForm(chooser(cpts, people_only=True))
    return served(cpts, crisis_id, function_id, form, PUT, "C’est noté\u00a0: le journal le dit aussi.")


@bp.get("/<uuid:function_id>/prevoir-une-releve")
@requires(Permission.WRITE_LOGBOOK)
def plan(cpts: Cpts, crisis_id: UUID, function_id: UUID) -> ResponseReturnValue:
    crisis, function = crisis_and_function(cpts, crisis_id, function_id)
    form = ReliefForm(chooser(cpts, people_only=True), formdata=None, seen_version=function.version)
    return render_template(PLAN, form=form, **around(crisis, function))


@bp.post("/<uuid:function_id>/prevoir-une-releve")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def save_plan(cpts: Cpts, crisis_id: UUID, function_id: UUID) -> ResponseReturnValue:
    """Someone will serve from later on."""
    form = ReliefForm(chooser(cpts, people_only=True))
    return served(cpts, crisis_id, function_id, form, PLAN, "La relève est prévue.")


@bp.get("/services/<uuid:shift_id>/terminer")
@requires(Permission.WRITE_LOGBOOK)
def ask_end(cpts: Cpts, crisis_id: UUID, shift_id: UUID) -> ResponseReturnValue:
    crisis = crises.open_crisis_or_404(cpts, crisis_id)
    shift = queries.shift_or_404(crisis, shift_id)
    return render_template(END, crisis=crisis, shift=shift, form=EndForm(formdata=None))


@bp.post("/services/<uuid:shift_id>/terminer")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def end(cpts: Cpts, crisis_id: UUID, shift_id: UUID) -> ResponseReturnValue:
    crisis, form = crises.crisis_or_404(cpts, crisis_id), EndForm()
    shift = queries.shift_or_404(crisis, shift_id)
    if not form.validate():
        return invalid(END, crisis=crisis, shift=shift, form=form)
    serving.end(crisis, shift, form.word.data or "", key=form.key, by=current_user, at=clock.now())
    return done(otherwise=back(crisis, shift.function), said=f"Le service de {shift.name} est terminé.")


@bp.post("/services/<uuid:shift_id>/annuler")
@requires(Permission.WRITE_LOGBOOK)
def call_off(cpts: Cpts, crisis_id: UUID, shift_id: UUID) -> ResponseReturnValue:
    """A relief that was planned will not come."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    shift = queries.shift_or_404(crisis, shift_id)
    function, name = shift.function, shift.name
    serving.call_off(crisis, shift, by=current_user, at=clock.now())
    return done(otherwise=back(crisis, function), said=f"La relève par {name} est annulée.")


def served(
    cpts: Cpts, crisis_id: UUID, function_id: UUID, form: PutOnDutyForm | ReliefForm, template: str, said: str
) -> ResponseReturnValue:
    """What both forms do: someone serves, or the form comes back with why not."""
    crisis, now = crises.crisis_or_404(cpts, crisis_id), clock.now()
    function = queries.function_or_404(crisis, function_id)
    if not form.validate():
        return invalid(template, form=form, **around(crisis, function))
    contact = directory.contact_or_404(cpts, form.contact.required_id) if form.contact.data else None
    service = form.service(cpts, contact)
    try:
        serving.put_on_duty(crisis, function, service, seen_version=form.seen, key=form.key, by=current_user, at=now)
    except REFUSED as refusal:
        form.refuse(refusal)
        return invalid(template, form=form, **around(crisis, function))
    except Stale:
        form.reopen_at(function.version)
        return invalid(template, status=409, form=form, is_taken=True, **around(crisis, function))
    return done(otherwise=back(crisis, function), said=said)


def around(crisis: Crisis, function: CrisisFunction) -> dict[str, Any]:
    """What the form of a service shows beside it: who is there, who comes, whom the cell offers."""
    now = clock.now()
    one = queries.one_now(crisis, function, now)
    held = crisis_cell.functions(crisis.cpts, clock.local(now, crisis.cpts).date())
    return {"crisis": crisis, "function": function, "one": one, "now": now, "offered": offers.offered(one, held)}


def crisis_and_function(cpts: Cpts, crisis_id: UUID, function_id: UUID) -> tuple[Crisis, CrisisFunction]:
    """A function of a crisis that is open. Raises `CrisisClosed`."""
    crisis = crises.open_crisis_or_404(cpts, crisis_id)
    return crisis, queries.function_or_404(crisis, function_id)
