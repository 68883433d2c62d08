"""The yearly update: what changed since the version in force, what is signed, what is still to read again."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts

bp = Blueprint("yearly_update", __name__)

SHOW = "yearly_update/room/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    """Every thing of the plan, and where it stands since the version in force."""
    return render_template(SHOW, cpts=cpts)
