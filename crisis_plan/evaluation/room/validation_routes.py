"""Validating a debrief, and its PDFs. The same blueprint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.db import slow
from crisis_plan.document.blocks import Edition
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.room import printing, validating
from crisis_plan.evaluation.room.deciding_routes import bp
from crisis_plan.evaluation.room.drafts import draft_or_404
from crisis_plan.evaluation.room.paper import file_name
from crisis_plan.evaluation.room.reading import readable_or_404
from crisis_plan.evaluation.room.validation_forms import ValidateForm
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web import downloads
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

VALIDATE = "evaluation/room/validate.html"


@bp.get("/<uuid:debrief_id>/validation")
@requires(Permission.PREPARE_DEBRIEF)
def prepare_validation(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    """What stands against validating, else what will be frozen."""
    debrief = draft_or_404(cpts, debrief_id)
    return render_template(VALIDATE, form=ValidateForm(formdata=None), **validation_of(debrief))


@bp.post("/<uuid:debrief_id>/validation")
@requires(Permission.CLOSE_CRISIS)
@creates_once
@slow
def validate(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief, form = queries.debrief_or_404(cpts, debrief_id), ValidateForm()
    if not form.validate():
        return invalid(VALIDATE, form=form, **validation_of(debrief))
    try:
        validating.validate(debrief, by=current_user, at=clock.now())
    except validating.DebriefIncomplete:
        return invalid(VALIDATE, form=form, **validation_of(debrief))
    said = "Le bilan est validé, ses deux PDF sont prêts. Dites maintenant avec qui il est partagé."
    return done(otherwise=url_for(".show", debrief_id=debrief_id), said=said)


@bp.get("/<uuid:debrief_id>/bilan.pdf")
@requires(Permission.READ_DEBRIEF)
def pdf(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    return sent(readable_or_404(cpts, debrief_id), Edition.RESTRICTED)


@bp.get("/<uuid:debrief_id>/bilan-public.pdf")
@requires(Permission.READ_DEBRIEF)
def public_pdf(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    return sent(readable_or_404(cpts, debrief_id), Edition.PUBLIC)


def sent(debrief: Debrief, edition: Edition) -> ResponseReturnValue:
    """The exact stored bytes once it is validated; else, or where an order erased them, what is read of it now."""
    name = file_name(debrief.cpts, debrief, edition)
    stored = printing.stored(debrief, edition) if debrief.is_validated else None
    if stored and stored.content:
        return downloads.pdf(stored.content, file_name=name, etag=stored.sha256)
    document = printing.document_of(debrief, clock.now())
    return downloads.private_pdf(printing.printed(document, edition), file_name=name)


def validation_of(debrief: Debrief) -> dict[str, Any]:
    """What the page of validation shows."""
    whole = queries.whole_or_404(debrief.cpts, debrief.id)
    return {"debrief": whole, "missing": validating.what_is_missing(whole, clock.now())}
