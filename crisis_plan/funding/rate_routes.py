"""Dated rates, as an operator adds them."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission

bp = Blueprint("rates", __name__)


@bp.get("/")
@requires(Permission.RUN_INSTALLATION)
def index() -> ResponseReturnValue:
    return render_template("funding/rates/index.html")
