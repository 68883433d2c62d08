"""Giving a version to those it is made for, and the register that proves it."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts

bp = Blueprint("distribution", __name__)


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    """Who has received which version, and who has not."""
    return render_template("distribution/index.html")
