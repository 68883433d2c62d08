"""What the plan is paid: lines, amounts, doubts, five years at a glance."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts

bp = Blueprint("funding", __name__)


@bp.get("/")
@requires(Permission.READ_CLAIM)
def index(cpts: Cpts) -> ResponseReturnValue:
    return render_template("funding/index.html")
