"""Submitting a claim: what will be frozen, then the act. The same blueprint."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import current_roles, requires
from crisis_plan.access.policy import Permission, Role
from crisis_plan.db import slow
from crisis_plan.errors import Stale
from crisis_plan.funding.amounts import up_to
from crisis_plan.funding.claims import queries, submitting
from crisis_plan.funding.claims.forms import SubmitForm
from crisis_plan.funding.claims.prepared import prepare
from crisis_plan.funding.claims.preparing_routes import bp, prepared_claim
from crisis_plan.funding.claims.refusals import CannotBeSubmitted, MissingPieces, TooHeavyToSubmit
from crisis_plan.funding.models import Claim
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

SUBMIT = "funding/claims/submit.html"


@bp.get("/<uuid:claim_id>/depot")
@requires(Permission.PREPARE_CLAIM)
def prepare_submission(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    """What is asked, what will be joined, what is missing."""
    claim = prepared_claim(cpts, claim_id)
    prepared = prepare(claim, clock.now())
    return render_template(SUBMIT, claim=claim, form=SubmitForm.of(claim), prepared=prepared)


@bp.post("/<uuid:claim_id>/depot")
@requires(Permission.PREPARE_CLAIM)
@creates_once
@slow
def submit(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim, form, now = queries.claim_or_404(cpts, claim_id), SubmitForm(), clock.now()
    if not form.validate():
        return refused(claim, form, 422)
    try:
        made = submitting.submit(
            claim,
            role=role(),
            without_missing=form.without_missing.data,
            seen_version=form.seen_version.data or 0,
            by=current_user,
            at=now,
        )
    except (MissingPieces, CannotBeSubmitted, TooHeavyToSubmit, Stale) as refusal:
        form.form_errors.append(str(refusal))
        return refused(claim, form, refusal.status)
    amount = up_to(made.amount_cents, is_ceiling=made.asks_up_to)
    said = f"La demande est déposée, révision {made.number}\u00a0: {amount}. Le PDF et l’archive sont prêts."
    return done(otherwise=url_for(".show", claim_id=claim_id), said=said)


def refused(claim: Claim, form: SubmitForm, status: int) -> ResponseReturnValue:
    """The page again, as things stand now."""
    form.reopen_at(claim.version)
    return invalid(SUBMIT, status=status, claim=claim, form=form, prepared=prepare(claim, clock.now()))


def role() -> str:
    """In what capacity one submits: « référent de crise », « coordination »."""
    found = Role.REFERENT if Role.REFERENT in current_roles() else Role.COORDINATOR
    return found.label.lower()
