"""Claims: prepared, submitted, decided."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from crisis_plan.access.guard import current_roles, requires
from crisis_plan.access.policy import Permission
from crisis_plan.funding.claims import queries
from crisis_plan.organisations.models import Cpts

bp = Blueprint("claims", __name__)


@bp.get("/<uuid:claim_id>")
@requires(Permission.READ_CLAIM)
def show(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    return render_template("funding/claims/show.html", claim=claim)
