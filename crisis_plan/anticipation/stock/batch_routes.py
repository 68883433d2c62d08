"""The batches of an item on screen. The same blueprint as `routes`, so the same addresses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.stock import operations, queries
from crisis_plan.anticipation.stock.forms import AddBatchForm, BatchForm
from crisis_plan.anticipation.stock.models import StockItem
from crisis_plan.anticipation.stock.state_routes import bp
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

ADD_BATCH = "anticipation/stock/add_batch.html"
EDIT_BATCH = "anticipation/stock/edit_batch.html"


@bp.get("/<uuid:item_id>/lots/ajouter")
@requires(Permission.EDIT_PLAN)
def add_batch(cpts: Cpts, item_id: UUID) -> ResponseReturnValue:
    item = queries.item_or_404(cpts, item_id)
    return render_template(ADD_BATCH, form=AddBatchForm(formdata=None), item=item)


@bp.post("/<uuid:item_id>/lots/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create_batch(cpts: Cpts, item_id: UUID) -> ResponseReturnValue:
    item, form = queries.item_or_404(cpts, item_id), AddBatchForm()
    if not form.validate():
        return invalid(ADD_BATCH, form=form, item=item)
    operations.add_batch(item, form.batch(), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", item_id=item.id))


@bp.get("/lots/<uuid:batch_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit_batch(cpts: Cpts, batch_id: UUID) -> ResponseReturnValue:
    batch = queries.batch_or_404(cpts, batch_id)
    return render_template(EDIT_BATCH, form=BatchForm.of(batch), **beside(batch.item, batch=batch))


@bp.post("/lots/<uuid:batch_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save_batch(cpts: Cpts, batch_id: UUID) -> ResponseReturnValue:
    batch, form = queries.batch_or_404(cpts, batch_id), BatchForm()
    shown = beside(batch.item, batch=batch)
    if not form.validate():
        return invalid(EDIT_BATCH, form=form, **shown)
    seen = form.seen_version.data or 0
    try:
        operations.edit_batch(batch, form.marks(), seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(batch.item.version)
        return invalid(EDIT_BATCH, status=409, form=form, **shown | {"stored": form.beside(batch)})
    return done(otherwise=url_for(".show", item_id=batch.item_id))


@bp.get("/lots/<uuid:batch_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_batch_removal(cpts: Cpts, batch_id: UUID) -> ResponseReturnValue:
    batch = queries.batch_or_404(cpts, batch_id)
    return render_template("anticipation/stock/remove_batch.html", **beside(batch.item, batch=batch))


@bp.post("/lots/<uuid:batch_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_batch(cpts: Cpts, batch_id: UUID) -> ResponseReturnValue:
    batch = queries.batch_or_404(cpts, batch_id)
    item_id = batch.item_id
    operations.remove_batch(batch, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", item_id=item_id))


def beside(item: StockItem, **more: Any) -> dict[str, Any]:
    """What the page of a batch shows around its form."""
    return {"item": item, "stored": None, **more}
