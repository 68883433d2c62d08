"""The deadlines of the mission, and the contract that they are counted from."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts

bp = Blueprint("deadlines", __name__)

SHOW = "yearly_update/deadlines/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    """What is due, when and why; drawn on a strip and said in a table."""
    return render_template(SHOW, cpts=cpts)
