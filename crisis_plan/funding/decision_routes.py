"""What the caisse answers: recorded by its reader, or by the CPTS that was told. The same blueprint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import current_roles, requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.funding.claims import answering, queries
from crisis_plan.funding.claims.answer_forms import FORMS, AnswerForm
from crisis_plan.funding.claims.readers import caisse_of
from crisis_plan.funding.claims.rules import Answer, answers
from crisis_plan.funding.claims.steps import NotPossibleNow
from crisis_plan.funding.claims.submission_routes import bp
from crisis_plan.funding.models import Claim
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts, Institution
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

__all__ = ["bp"]

ANSWER, NOT_YET = "funding/claims/answer.html", "funding/claims/not_yet.html"
WHAT = f"<any({', '.join(one.address for one in Answer)}):what>"


@bp.get(f"/<uuid:claim_id>/reponse/{WHAT}")
@requires(Permission.DECIDE_CLAIM)
def answer(cpts: Cpts, claim_id: UUID, what: str) -> ResponseReturnValue:
    """The caisse itself answers."""
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    return asked(claim, answer_of(what), caisse_of(current_user, cpts) or abort(404))


@bp.post(f"/<uuid:claim_id>/reponse/{WHAT}")
@requires(Permission.DECIDE_CLAIM)
@creates_once
def save_answer(cpts: Cpts, claim_id: UUID, what: str) -> ResponseReturnValue:
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    return recorded(claim, answer_of(what), caisse_of(current_user, cpts) or abort(404))


@bp.get(f"/<uuid:claim_id>/consigner/{WHAT}")
@requires(Permission.PREPARE_CLAIM)
def consign(cpts: Cpts, claim_id: UUID, what: str) -> ResponseReturnValue:
    """The CPTS writes down what the caisse told it outside the tool."""
    return asked(queries.claim_or_404(cpts, claim_id), answer_of(what), None)


@bp.post(f"/<uuid:claim_id>/consigner/{WHAT}")
@requires(Permission.PREPARE_CLAIM)
@creates_once
def save_consigned(cpts: Cpts, claim_id: UUID, what: str) -> ResponseReturnValue:
    return recorded(queries.claim_or_404(cpts, claim_id), answer_of(what), None)


def asked(claim: Claim, what: Answer, institution: Institution | None) -> ResponseReturnValue:
    """The form of an answer; before a decision, what comes before a payment. Raises `NotPossibleNow`."""
    decided = answering.decided_by_caisse(claim)
    possible = answers(claim.state, by_caisse=bool(institution), was_decided_by_caisse=decided)
    if what is Answer.PAYMENT and what not in possible and Answer.DECISION in possible:
        return render_template(NOT_YET, claim=claim), NotPossibleNow.status
    if what not in possible:
        raise NotPossibleNow(claim.state)
    form = FORMS[what].on(claim, today=clock.today(claim.cpts), is_consigned=institution is None)
    return render_template(ANSWER, claim=claim, what=what, form=form, institution=institution, is_stale=False)


def recorded(claim: Claim, what: Answer, institution: Institution | None) -> ResponseReturnValue:
    """Record what the form says, or show it again with what is wrong."""
    form = FORMS[what](claim, today=clock.today(claim.cpts), is_consigned=institution is None)
    shown: dict[str, Any] = {"claim": claim, "what": what, "form": form, "institution": institution}
    if not form.validate():
        return invalid(ANSWER, **shown, is_stale=False)
    try:
        saved(claim, form, institution)
    except UploadRefused as refusal:
        form.refuse(refusal)
        return invalid(ANSWER, **shown, is_stale=False)
    except Stale:
        form.reopen()
        return invalid(ANSWER, status=409, **shown, is_stale=True)
    said = f"C’est consigné\u00a0: la demande est «\u00a0{claim.state.label.lower()}\u00a0»."
    return done(otherwise=url_for(".show", claim_id=claim.id), said=said)


def saved(claim: Claim, form: AnswerForm, institution: Institution | None) -> None:
    answering.answer(
        claim, form.step, form.said(), institution=institution, seen_steps=form.seen, by=current_user, at=clock.now()
    )


def answer_of(address: str) -> Answer:
    """What an address names."""
    return next(one for one in Answer if one.address == address)
