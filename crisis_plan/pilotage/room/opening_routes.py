"""Opening a crisis or an exercise on screen. The same blueprint as `routes`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import slow, start_over
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.room import levels, operations, wording
from crisis_plan.pilotage.room.forms import OpeningForm
from crisis_plan.pilotage.room.openings import ChosenLevel
from crisis_plan.pilotage.room.operations import AlreadyOpen
from crisis_plan.pilotage.room.routes import bp
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

NEW = "pilotage/room/new.html"
NOT_KEPT = frozenset({"csrf_token", "anyway"})


@bp.get("/nouvelle")
@requires(Permission.OPEN_CRISIS)
def new(cpts: Cpts) -> ResponseReturnValue:
    mode, known = Mode.EXERCISE if "exercice" in request.args else Mode.REAL, levels.choosable(cpts)
    form = OpeningForm(cpts, known, formdata=None, mode=mode.value)
    return render_template(NEW, form=form, **about(known))


@bp.post("/nouvelle", endpoint="open")
@requires(Permission.OPEN_CRISIS)
@creates_once
@slow
def open_one(cpts: Cpts) -> ResponseReturnValue:
    """Open it, and go where the cell is called from. Raises `AlreadyOpen`, which has a page of its own."""
    known = levels.choosable(cpts)
    form = OpeningForm(cpts, known)
    level = levels.chosen(cpts, str(form.level.data)) if form.validate() else None
    if level is None:
        return invalid(NEW, form=form, **about(known))
    opening = form.opening(level, anyway="anyway" in request.form)
    crisis = operations.open_crisis(cpts, opening, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", crisis_id=crisis.id, prevenir=1))


@bp.errorhandler(AlreadyOpen)
def already_open(refusal: AlreadyOpen) -> ResponseReturnValue:
    """Join it, or open another one all the same: what was typed goes along."""
    start_over()
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    twin = refusal.twin
    said = wording.ago(twin.opened_at, clock.now())
    return render_template("pilotage/room/twin.html", twin=twin, said=said, kept=kept), refusal.status


def about(known: Sequence[ChosenLevel]) -> dict[str, Any]:
    """What the page shows around the form."""
    return {
        "levels": known,
        "is_own_ladder": any(level.level_id for level in known),
        "examples": {one.value: one.examples for one in CrisisType},
    }
