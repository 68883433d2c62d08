"""The first page of a CPTS: what to do in an alert, what is published, what the day asks."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from crisis_plan import clock, days
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.document.inline import safe_href
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.rules import bridge_href

bp = Blueprint("dashboard", __name__)


@bp.get("/")
@requires(Permission.READ_PLAN)
def show(cpts: Cpts) -> ResponseReturnValue:
    """An adherent goes straight to their own cards, who reads for an institution to the published plan."""
    if not can(Permission.READ_WORKING_DATA):
        return redirect(url_for("cpts.own_cards.index" if can(Permission.READ_OWN_CARDS) else "cpts.publication.index"))
    day = days.day(cpts, clock.now(), can=can)
    return render_template(
        "dashboard.html",
        **vars(day),
        ranks=Rank,
        video_href=safe_href(day.place.video) if day.place else "",
        bridge_href=bridge_href(day.place.telephone_bridge) if day.place else "",
    )
