"""Actions are noted, taken from the cards, withdrawn; two lines are made one person. The blueprint of `list_routes`."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.queries import crisis_or_404, open_crisis_or_404
from crisis_plan.pilotage.mobilisation import acting, amending, queries
from crisis_plan.pilotage.mobilisation.acting import Done
from crisis_plan.pilotage.mobilisation.board import board
from crisis_plan.pilotage.mobilisation.forms import ActionForm, OwnTimeForm, WithdrawForm
from crisis_plan.pilotage.mobilisation.refusals import NotRecorded
from crisis_plan.pilotage.mobilisation.time_routes import WITHDRAW, bp, whom, withdrawing
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.moments import as_typed

__all__ = ["bp"]

ADD = "pilotage/mobilisation/add_action.html"


@bp.get("/actions/noter")
@requires(Permission.WRITE_LOGBOOK)
def add_action(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The form; `fiche`: the card that it begins with."""
    crisis = open_crisis_or_404(cpts, crisis_id)
    form = ActionForm(
        whom(cpts, crisis), responses.cards(cpts), crisis.crisis_type,
        formdata=None, happened=as_typed(clock.now(), cpts), card=request.args.get("fiche", ""),
    )  # fmt: skip
    return render_template(ADD, crisis=crisis, form=form)


@bp.post("/actions/noter")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def save_action(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    form = ActionForm(whom(cpts, crisis), responses.cards(cpts), crisis.crisis_type)
    if not form.validate():
        return invalid(ADD, crisis=crisis, form=form)
    try:
        acting.record(
            cpts, crisis, form.done(cpts), form.people(), key=form.key, by=current_user, at=clock.now()
        )  # fmt: skip
    except NotRecorded as refusal:
        form.refuse(refusal)
        return invalid(ADD, crisis=crisis, form=form)
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="L’action est notée.")


@bp.post("/actions/proposees/<uuid:card_id>")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def accept(cpts: Cpts, crisis_id: UUID, card_id: UUID) -> ResponseReturnValue:
    """A card whose tasks were done was carried out; already counted, nothing changes."""
    crisis, form, now = crisis_or_404(cpts, crisis_id), OwnTimeForm(), clock.now()
    proposed = next((one for one in board(crisis, now).proposals if one.card_id == card_id), None)
    if proposed:
        what = Done(proposed.happened_at, card_id)
        acting.record(cpts, crisis, what, (), key=form.key, by=current_user, at=now)
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="L’action est comptée.")


@bp.get("/actions/<uuid:action_id>/retirer")
@requires(Permission.WRITE_LOGBOOK)
def ask_withdraw_action(cpts: Cpts, crisis_id: UUID, action_id: UUID) -> ResponseReturnValue:
    crisis = open_crisis_or_404(cpts, crisis_id)
    action = queries.action_or_404(crisis, action_id)
    return render_template(WITHDRAW, form=WithdrawForm(formdata=None), **withdrawing(crisis, action, ".actions"))


@bp.post("/actions/<uuid:action_id>/retirer")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def withdraw_action(cpts: Cpts, crisis_id: UUID, action_id: UUID) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), WithdrawForm()
    action = queries.action_or_404(crisis, action_id)
    if not form.validate():
        return invalid(WITHDRAW, form=form, **withdrawing(crisis, action, ".actions"))
    amending.withdraw(crisis, action, form.reason.data or "", key=form.key, by=current_user, at=clock.now())
    return done(otherwise=url_for(".actions", crisis_id=crisis_id), said="Cette action n’est plus comptée.")


@bp.post("/personnes/une-seule")
@requires(Permission.WRITE_LOGBOOK)
def join(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Two lines are one person; already one, nothing changes."""
    crisis = crisis_or_404(cpts, crisis_id)
    by_key = {key: line for line in queries.people(crisis) for key in line.keys}
    kept, other = (by_key.get(request.form.get(name, "")) for name in ("kept", "other"))
    if kept and other and kept is not other:
        amending.join(crisis, kept, other, by=current_user, at=clock.now())
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="Cette personne est comptée une seule fois.")
