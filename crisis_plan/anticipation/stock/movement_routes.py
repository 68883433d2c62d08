"""What comes into the stock and goes out of it, on screen. The same blueprint as `routes`, so the same addresses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.stock import counting, movement_queries, movements, place_queries, queries
from crisis_plan.anticipation.stock.count_forms import say_moved
from crisis_plan.anticipation.stock.counting import MovedMeanwhile
from crisis_plan.anticipation.stock.kinds import Gesture
from crisis_plan.anticipation.stock.models import StockBatch, StockMovement
from crisis_plan.anticipation.stock.movement_forms import GestureForm, TakeOutForm
from crisis_plan.anticipation.stock.refusals import DayRefused, LeftSince, NotAQuantity, NotEnough, SamePlace
from crisis_plan.anticipation.stock.routes import bp
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import number
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

TAKE_OUT = "anticipation/stock/take_out.html"
GESTURE = "anticipation/stock/gesture.html"
ONE_OF_FOUR = "any(entree, perte, comptage, deplacement)"


@bp.get("/lots/<uuid:batch_id>/sortir")
@requires(Permission.WRITE_LOGBOOK)
def take_out_form(cpts: Cpts, batch_id: UUID) -> ResponseReturnValue:
    batch = queries.batch_or_404(cpts, batch_id)
    return render_template(TAKE_OUT, form=TakeOutForm(formdata=None), batch=batch, item=batch.item)


@bp.post("/lots/<uuid:batch_id>/sortir")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def take_out(cpts: Cpts, batch_id: UUID) -> ResponseReturnValue:
    batch, form = queries.batch_or_404(cpts, batch_id), TakeOutForm()
    if not form.validate():
        return invalid(TAKE_OUT, form=form, batch=batch, item=batch.item)
    try:
        movements.take_out(
            batch,
            form.quantity.data or 0,
            on=form.day(clock.today(cpts)),
            note=form.note.data or "",
            by=current_user,
            at=clock.now(),
        )
    except (NotEnough, NotAQuantity, DayRefused) as refusal:
        form.refuse(refusal)
        return invalid(TAKE_OUT, form=form, batch=batch, item=batch.item)
    said = f"Sortie enregistrée\u00a0: il en reste {number(batch.quantity)}."
    return done(otherwise=url_for(".show", item_id=batch.item_id), said=said)


@bp.get(f"/lots/<uuid:batch_id>/<{ONE_OF_FOUR}:gesture>")
@requires(Permission.EDIT_PLAN)
def gesture_form(cpts: Cpts, batch_id: UUID, gesture: str) -> ResponseReturnValue:
    batch = queries.batch_or_404(cpts, batch_id)
    form = GestureForm(Gesture(gesture), formdata=None, seen=batch.quantity)
    return render_template(GESTURE, **gesture_page(cpts, batch, form))


@bp.post(f"/lots/<uuid:batch_id>/<{ONE_OF_FOUR}:gesture>")
@requires(Permission.EDIT_PLAN)
@creates_once
def make_gesture(cpts: Cpts, batch_id: UUID, gesture: str) -> ResponseReturnValue:
    batch, form = queries.batch_or_404(cpts, batch_id), GestureForm(Gesture(gesture))
    if not form.validate():
        return invalid(GESTURE, **gesture_page(cpts, batch, form))
    try:
        carry_out(cpts, batch, form)
    except SamePlace as refusal:
        form.place.errors = [str(refusal)]
        return invalid(GESTURE, **gesture_page(cpts, batch, form))
    except MovedMeanwhile as refusal:
        say_moved(form.quantity, form.seen, refusal.now[batch.id])
        return invalid(GESTURE, status=409, **gesture_page(cpts, batch, form))
    except (NotEnough, NotAQuantity, LeftSince, DayRefused) as refusal:
        form.refuse(refusal)
        return invalid(GESTURE, **gesture_page(cpts, batch, form))
    return done(otherwise=url_for(".show", item_id=batch.item_id), said=form.gesture.said)


def carry_out(cpts: Cpts, batch: StockBatch, form: GestureForm) -> None:
    """Write the movement that the accepted form asks for."""
    quantity = form.quantity.data or 0
    told: dict[str, Any] = {
        "on": form.day(clock.today(cpts)),
        "note": form.note.data or "",
        "by": current_user,
        "at": clock.now(),
    }
    match form.gesture:
        case Gesture.IN:
            movements.take_in(batch, quantity, **told)
        case Gesture.LOSS:
            movements.lose(batch, quantity, **told)
        case Gesture.COUNT:
            counting.count(batch, quantity, seen=form.seen.data, **told)
        case Gesture.TRANSFER:
            movements.transfer(batch, quantity, to=form.place.data or "", **told)


def gesture_page(cpts: Cpts, batch: StockBatch, form: GestureForm) -> dict[str, Any]:
    """The batch around its form; for a transfer, the places that the stock knows."""
    places = place_queries.places(cpts) if form.gesture is Gesture.TRANSFER else []
    return {"form": form, "gesture": form.gesture, "batch": batch, "item": batch.item, "places": places}


@bp.get("/mouvements/<uuid:movement_id>/annuler")
@requires(Permission.WRITE_LOGBOOK)
def confirm_reversal(cpts: Cpts, movement_id: UUID) -> ResponseReturnValue:
    movement = reversible_or_403(cpts, movement_id)
    item = movement.batch.item
    return render_template("anticipation/stock/reverse.html", movement=movement, batch=movement.batch, item=item)


@bp.post("/mouvements/<uuid:movement_id>/annuler")
@requires(Permission.WRITE_LOGBOOK)
def reverse(cpts: Cpts, movement_id: UUID) -> ResponseReturnValue:
    movement = reversible_or_403(cpts, movement_id)
    movements.reverse(movement, by=current_user, at=clock.now())
    item_id = movement.batch.item_id
    return done(otherwise=url_for(".show", item_id=item_id), said="Mouvement annulé par le mouvement contraire.")


def reversible_or_403(cpts: Cpts, movement_id: UUID) -> StockMovement:
    """Who keeps the stock undoes any movement; who may only take out, what they took out themselves today."""
    movement = movement_queries.movement_or_404(cpts, movement_id)
    is_own = movements.is_own_of_the_day(movement, by=current_user, cpts=cpts, at=clock.now())
    return movement if is_own or can(Permission.EDIT_PLAN) else abort(403)
