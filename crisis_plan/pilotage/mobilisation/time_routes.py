"""Time is begun, finished, noted and withdrawn. The same blueprint as `list_routes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.queries import crisis_or_404, open_crisis_or_404
from crisis_plan.pilotage.mobilisation import amending, offers, operations, queries
from crisis_plan.pilotage.mobilisation.board import board
from crisis_plan.pilotage.mobilisation.forms import FinishForm, OwnTimeForm, TimeForm, WithdrawForm
from crisis_plan.pilotage.mobilisation.list_routes import bp
from crisis_plan.pilotage.mobilisation.refusals import NotRecorded
from crisis_plan.pilotage.mobilisation.who import Roll, oneself, roll
from crisis_plan.pilotage.mobilisation.wording import said_of
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.moments import as_typed

if TYPE_CHECKING:
    from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent

__all__ = ["bp"]

ADD = "pilotage/mobilisation/add_time.html"
FINISH = "pilotage/mobilisation/finish.html"
WITHDRAW = "pilotage/mobilisation/withdraw.html"


@bp.post("/je-commence")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def begin(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """« Je commence »."""
    crisis, form = crisis_or_404(cpts, crisis_id), OwnTimeForm()
    operations.begin(crisis, oneself(cpts, current_user), key=form.key, by=current_user, at=clock.now())
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="Votre temps court à partir de maintenant.")


@bp.post("/je-termine")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def finish_own(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """« Je termine »; already finished, nothing changes."""
    crisis, form, now = crisis_or_404(cpts, crisis_id), OwnTimeForm(), clock.now()
    own = board(crisis, now).own_time(current_user)
    if own:
        operations.finish(crisis, [own], ends_at=now, key=form.key, by=current_user, at=now)
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="Votre temps est noté.")


@bp.get("/temps/noter")
@requires(Permission.WRITE_LOGBOOK)
def add_time(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = open_crisis_or_404(cpts, crisis_id)
    form = TimeForm(whom(cpts, crisis), formdata=None, starts=as_typed(clock.now(), cpts))
    return render_template(ADD, crisis=crisis, form=form)


@bp.post("/temps/noter")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def save_time(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    form = TimeForm(whom(cpts, crisis))
    if not form.validate():
        return invalid(ADD, crisis=crisis, form=form)
    try:
        noted = operations.note_time(
            crisis, form.people(), **form.worked(cpts), key=form.key, by=current_user, at=clock.now()
        )
    except NotRecorded as refusal:
        form.refuse(refusal)
        return invalid(ADD, crisis=crisis, form=form)
    said = f"C’est noté pour {counted(len(noted), 'personne')}."
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said=said)


@bp.get("/temps/terminer")
@requires(Permission.WRITE_LOGBOOK)
def ask_finish(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = open_crisis_or_404(cpts, crisis_id)
    form = FinishForm(queries.at_work(crisis), cpts, formdata=None, ends=as_typed(clock.now(), cpts))
    return render_template(FINISH, crisis=crisis, form=form)


@bp.post("/temps/terminer")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def finish(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Those who are ticked stopped then; somebody already finished by another keeps that end."""
    crisis = crisis_or_404(cpts, crisis_id)
    times = queries.at_work(crisis)
    form = FinishForm(times, cpts)
    if not form.validate():
        return invalid(FINISH, crisis=crisis, form=form)
    ends_at, chosen = form.ends_at(cpts), form.chosen(times)
    try:
        operations.finish(crisis, chosen, ends_at=ends_at, key=form.key, by=current_user, at=clock.now())
    except NotRecorded as refusal:
        form.refuse(refusal)
        return invalid(FINISH, crisis=crisis, form=form)
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="La fin est notée.")


@bp.get("/temps/<uuid:time_id>/retirer")
@requires(Permission.WRITE_LOGBOOK)
def ask_withdraw_time(cpts: Cpts, crisis_id: UUID, time_id: UUID) -> ResponseReturnValue:
    crisis = open_crisis_or_404(cpts, crisis_id)
    time = queries.time_or_404(crisis, time_id)
    return render_template(WITHDRAW, form=WithdrawForm(formdata=None), **withdrawing(crisis, time, ".times"))


@bp.post("/temps/<uuid:time_id>/retirer")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def withdraw_time(cpts: Cpts, crisis_id: UUID, time_id: UUID) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), WithdrawForm()
    time = queries.time_or_404(crisis, time_id)
    if not form.validate():
        return invalid(WITHDRAW, form=form, **withdrawing(crisis, time, ".times"))
    amending.withdraw(crisis, time, form.reason.data or "", key=form.key, by=current_user, at=clock.now())
    return done(otherwise=url_for(".times", crisis_id=crisis_id), said="Ce temps n’est plus compté.")


def withdrawing(crisis: Crisis, row: TimeSpent | ActionCarriedOut, back: str) -> dict[str, Any]:
    """What the question shows: what will not be counted any more, and where one comes back to."""
    return {"crisis": crisis, "told": said_of(row, crisis.cpts), "back": back, "here": request.path}


def whom(cpts: Cpts, crisis: Crisis) -> Roll:
    """Who may be ticked on a form of this crisis."""
    return roll(cpts, offers.expected(crisis, clock.now()))
