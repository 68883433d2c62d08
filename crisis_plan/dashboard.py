"""The first page of a CPTS: what is missing, what is published, who answers today."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from crisis_plan import clock
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import queries as plan
from crisis_plan.publication import queries as publication

bp = Blueprint("dashboard", __name__)


@bp.get("/")
@requires(Permission.READ_PLAN)
def show(cpts: Cpts) -> ResponseReturnValue:
    """Who only reads goes straight to the published plan."""
    if not can(Permission.READ_WORKING_DATA):
        return redirect(url_for("cpts.publication.index"))
    today = clock.today(cpts)
    return render_template(
        "dashboard.html",
        plan=plan.overview(cpts, today),
        current=publication.current(cpts),
        on_duty=referents.on_duty(cpts, today),
        ranks=Rank,
    )
