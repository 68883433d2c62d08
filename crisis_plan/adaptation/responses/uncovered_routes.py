"""Crisis types that no card covers, and why. The same blueprint as the cards."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses import uncovered as operations
from crisis_plan.adaptation.responses.forms import UncoveredForm
from crisis_plan.adaptation.responses.keeping_routes import bp
from crisis_plan.adaptation.responses.uncovered import CoveredByACard
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

UNCOVERED = "adaptation/responses/uncovered.html"


@bp.get("/types/<int:number>/non-couvert")
@requires(Permission.EDIT_PLAN)
def uncovered(cpts: Cpts, number: int) -> ResponseReturnValue:
    """Why no card covers this type; where a card does, there is nothing to write."""
    asked = type_or_404(number)
    form = UncoveredForm.of(queries.uncovered_type(cpts, asked))
    return render_template(UNCOVERED, form=form, **shown(cpts, asked))


@bp.post("/types/<int:number>/non-couvert")
@requires(Permission.EDIT_PLAN)
def say_uncovered(cpts: Cpts, number: int) -> ResponseReturnValue:
    asked, form = type_or_404(number), UncoveredForm()
    if not form.validate():
        return invalid(UNCOVERED, form=form, **shown(cpts, asked))
    reason, seen_version = form.reason.data or "", form.seen_version.data or 0
    try:
        operations.say_uncovered(cpts, asked, reason, seen_version=seen_version, by=current_user, at=clock.now())
    except CoveredByACard as refusal:
        form.reason.errors = [str(refusal)]
        return invalid(UNCOVERED, form=form, **shown(cpts, asked))
    except Stale:
        stored = queries.uncovered_type(cpts, asked)
        form.reopen_at(stored.version if stored else 0)
        said = [("reason", stored.reason if stored else "")]
        return invalid(UNCOVERED, status=409, form=form, **shown(cpts, asked) | {"stored": said})
    return done(
        otherwise=url_for(".index"), said=f"Le type {number} est dit «\u00a0non couvert\u00a0», avec son motif."
    )


@bp.post("/types/<int:number>/non-couvert/retirer")
@requires(Permission.EDIT_PLAN)
def withdraw_uncovered(cpts: Cpts, number: int) -> ResponseReturnValue:
    operations.withdraw_uncovered(cpts, type_or_404(number), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said=f"Le motif du type {number} est retiré.")


def type_or_404(number: int) -> CrisisType:
    """The crisis type of this number."""
    return next((one for one in CrisisType if one.number == number), None) or abort(404)


def shown(cpts: Cpts, asked: CrisisType) -> dict[str, Any]:
    """The type, the cards that cover it, and the reason that is stored."""
    found = next(one for one in queries.coverage(cpts) if one.crisis_type is asked)
    return {"found": found, "stored": None}
