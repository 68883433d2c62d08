"""Taking back a submitted claim, with its reason. The same blueprint."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.funding.claims import queries
from crisis_plan.funding.claims.forms import TakeBackForm
from crisis_plan.funding.claims.steps import NotPossibleNow
from crisis_plan.funding.claims.taking_back import may_be_taken_back
from crisis_plan.funding.claims.taking_back import take_back as take
from crisis_plan.funding.decision_routes import bp
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

TAKE_BACK = "funding/claims/take_back.html"


@bp.get("/<uuid:claim_id>/retirer")
@requires(Permission.PREPARE_CLAIM)
def ask_take_back(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = queries.claim_or_404(cpts, claim_id)
    if not may_be_taken_back(claim):
        raise NotPossibleNow(claim.state)
    return render_template(TAKE_BACK, claim=claim, form=TakeBackForm(formdata=None))


@bp.post("/<uuid:claim_id>/retirer")
@requires(Permission.PREPARE_CLAIM)
@creates_once
def take_back(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim, form = queries.claim_or_404(cpts, claim_id), TakeBackForm()
    if not form.validate():
        return invalid(TAKE_BACK, claim=claim, form=form)
    take(claim, reason=form.reason.data or "", by=current_user, at=clock.now())
    said = f"La demande n°\u00a0{claim.number} est retirée\u00a0: ce qui a été déposé reste consultable."
    return done(otherwise=url_for(".show", claim_id=claim_id), said=said)
