"""Copying, ordering and removing prepared messages. The same blueprint as the room."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication import operations, queries
from crisis_plan.pilotage.communication.routes import bp
from crisis_plan.pilotage.communication.rules import by_moment
from crisis_plan.pilotage.crisis_cell.rules import Direction
from crisis_plan.web.htmx import done

__all__ = ["bp"]


@bp.post("/messages/<uuid:model_id>/copier")
@requires(Permission.EDIT_PLAN)
@creates_once
def copy(cpts: Cpts, model_id: UUID) -> ResponseReturnValue:
    twin = operations.copy(cpts, queries.model_or_404(cpts, model_id), by=current_user, at=clock.now())
    return done(
        otherwise=url_for(".edit", model_id=twin.id), said="Voici le double\u00a0: modifiez-la, puis enregistrez."
    )


@bp.get("/messages/ordre")
@requires(Permission.EDIT_PLAN)
def order(cpts: Cpts) -> ResponseReturnValue:
    """The messages under their moments, to be put in order."""
    return render_template(
        "pilotage/communication/order.html",
        groups=by_moment(queries.models(cpts)),
        address=lambda model_id, direction: url_for(".move", model_id=model_id, direction=direction),
    )


@bp.post("/messages/<uuid:model_id>/<any(monter, descendre):direction>")
@requires(Permission.EDIT_PLAN)
def move(cpts: Cpts, model_id: UUID, direction: str) -> ResponseReturnValue:
    model = queries.model_or_404(cpts, model_id)
    operations.move(cpts, model, Direction(direction), by=current_user, at=clock.now())
    return done(otherwise=url_for(".order", _anchor=f"ligne-{model.id}"))


@bp.get("/messages/<uuid:model_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, model_id: UUID) -> ResponseReturnValue:
    return render_template("pilotage/communication/remove.html", model=queries.model_or_404(cpts, model_id))


@bp.post("/messages/<uuid:model_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, model_id: UUID) -> ResponseReturnValue:
    operations.remove(queries.model_or_404(cpts, model_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))
