"""Corrections that people proposed of their own line, side by side with the directory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.campaigns import answers, letters, own_words
from crisis_plan.anticipation.campaigns.call_routes import bp
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import d_apostrophe
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

CORRECTIONS = "anticipation/campaigns/corrections.html"


@bp.get("/corrections")
@requires(Permission.READ_WORKING_DATA)
def corrections(cpts: Cpts) -> ResponseReturnValue:
    return render_template(CORRECTIONS, changed=None, **waiting(cpts))


@bp.post("/corrections/<uuid:letter_id>/reporter")
@requires(Permission.EDIT_PLAN)
def apply_correction(cpts: Cpts, letter_id: UUID) -> ResponseReturnValue:
    letter = letters.correction_or_404(cpts, letter_id)
    seen = request.form.get("seen_version", 0, type=int)
    try:
        answers.apply_correction(cpts, letter, seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        return invalid(CORRECTIONS, status=409, changed=letter.contact, **waiting(cpts))
    said = f"La correction {d_apostrophe(letter.contact.name)} est acceptée et reportée dans l’annuaire."
    return done(otherwise=url_for(".corrections"), said=said)


@bp.post("/corrections/<uuid:letter_id>/ne-pas-retenir")
@requires(Permission.EDIT_PLAN)
def decline_correction(cpts: Cpts, letter_id: UUID) -> ResponseReturnValue:
    letter = letters.correction_or_404(cpts, letter_id)
    answers.decline_correction(letter, by=current_user, at=clock.now())
    said = f"La correction {d_apostrophe(letter.contact.name)} est refusée : sa fiche reste comme elle était."
    return done(otherwise=url_for(".corrections"), said=said)


def waiting(cpts: Cpts) -> dict[str, Any]:
    """The page of corrections that the address asks for, with what each would change."""
    page = letters.corrections(cpts, request.args.get("page", 1, type=int))
    return {
        "page": page,
        "page_url": lambda number: url_for(".corrections", page=number),
        "differences": {
            letter.id: own_words.differences(letter.contact, letter.correction or {}) for letter in page.items
        },
    }
