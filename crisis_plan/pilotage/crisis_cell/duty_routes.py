"""Who holds a function of the cell: appointing, correcting, ending."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.choosing import chooser
from crisis_plan.anticipation.referents.duty_form import AppointForm, DutyForm, EndForm, refuse
from crisis_plan.anticipation.referents.refusals import DutyRefused, HasStarted, refuse_history
from crisis_plan.anticipation.referents.rules import is_to_come
from crisis_plan.anticipation.referents.wording import period_in_words
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import duties, queries
from crisis_plan.pilotage.crisis_cell.models import CellDuty
from crisis_plan.pilotage.crisis_cell.routes import bp
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

ADD = "pilotage/crisis_cell/add_duty.html"
EDIT = "pilotage/crisis_cell/edit_duty.html"
END = "pilotage/crisis_cell/end_duty.html"


@bp.get("/fonctions/<uuid:function_id>/designer")
@requires(Permission.EDIT_PLAN)
def add_duty(cpts: Cpts, function_id: UUID) -> ResponseReturnValue:
    function = queries.function_or_404(cpts, function_id)
    asked_rank = request.args.get("rang")
    form = AppointForm.blank(chooser(cpts), asked_rank=asked_rank, today=clock.today(cpts))
    return render_template(ADD, form=form, function=function)


@bp.post("/fonctions/<uuid:function_id>/designer")
@requires(Permission.EDIT_PLAN)
@creates_once
def create_duty(cpts: Cpts, function_id: UUID) -> ResponseReturnValue:
    function = queries.function_or_404(cpts, function_id)
    form = AppointForm(chooser(cpts))
    if not form.validate():
        return invalid(ADD, form=form, function=function)
    contact = directory.contact_or_404(cpts, form.contact.required_id)
    try:
        duties.appoint(function, form.appointment(contact), by=current_user, at=clock.now())
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(ADD, form=form, function=function)
    return done(otherwise=page_of(function_id))


@bp.get("/periodes/<uuid:duty_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit_duty(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    refuse_history(duty, clock.today(cpts))
    return render_template(EDIT, form=DutyForm.of(duty, chooser(cpts)), **beside(cpts, duty))


@bp.post("/periodes/<uuid:duty_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save_duty(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    form, shown = DutyForm(chooser(cpts)), beside(cpts, duty)
    if not form.validate():
        return invalid(EDIT, form=form, **shown)
    contact = directory.contact_or_404(cpts, form.contact.required_id)
    try:
        duties.change(
            duty,
            form.appointment(contact),
            seen_version=form.seen_version.data or 0,
            today=clock.today(cpts),
            by=current_user,
            at=clock.now(),
        )
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(EDIT, form=form, **shown)
    except Stale:
        form.reopen_at(duty.version)
        return invalid(EDIT, status=409, form=form, **shown | {"stored": form.beside(duty)})
    return done(otherwise=page_of(duty.function_id))


@bp.get("/periodes/<uuid:duty_id>/terminer")
@requires(Permission.EDIT_PLAN)
def end_duty(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    refuse_history(duty, clock.today(cpts))
    form = EndForm(formdata=None, ends_on=clock.today(cpts), seen_version=duty.version)
    return render_template(END, form=form, **beside(cpts, duty))


@bp.post("/periodes/<uuid:duty_id>/terminer")
@requires(Permission.EDIT_PLAN)
def save_duty_end(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    form, shown = EndForm(), beside(cpts, duty)
    if not form.validate():
        return invalid(END, form=form, **shown)
    try:
        duties.end(
            duty,
            on=form.ends_on.day,
            seen_version=form.seen_version.data or 0,
            today=clock.today(cpts),
            by=current_user,
            at=clock.now(),
        )
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(END, form=form, **shown)
    except Stale:
        form.reopen_at(duty.version)
        return invalid(END, status=409, form=form, **shown | {"stored": form.beside(duty)})
    return done(otherwise=page_of(duty.function_id))


@bp.get("/periodes/<uuid:duty_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_duty_removal(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    if not is_to_come(duty, clock.today(cpts)):
        raise HasStarted
    return render_template("pilotage/crisis_cell/remove_duty.html", **beside(cpts, duty))


@bp.post("/periodes/<uuid:duty_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_duty(cpts: Cpts, duty_id: UUID) -> ResponseReturnValue:
    duty = queries.duty_or_404(cpts, duty_id)
    duties.remove(duty, today=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=page_of(duty.function_id))


def beside(cpts: Cpts, duty: CellDuty) -> dict[str, Any]:
    """What the page of a duty shows around its form."""
    return {
        "duty": duty,
        "function": duty.function,
        "stored": None,
        "is_to_come": is_to_come(duty, clock.today(cpts)),
        "period_in_words": partial(period_in_words, today=clock.today(cpts)),
    }


def page_of(function_id: UUID) -> str:
    return url_for(".function", function_id=function_id)
