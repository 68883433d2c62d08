"""Material that leaves the stock for a crisis, on screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.stock.rules import is_expired
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.stock_out import operations, queries
from crisis_plan.pilotage.stock_out.forms import hand_out_form
from crisis_plan.pilotage.stock_out.operations import LinesRefused, NothingTaken
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("stock_out", __name__)

INDEX = "pilotage/stock_out/index.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    batches = queries.batches(cpts, crisis, clock.today(cpts)) if crisis.is_open else []
    return render_template(
        INDEX, form=hand_out_form(batches, formdata=None), batches=batches, **beside(cpts, crisis)
    )  # fmt: skip


@bp.post("/")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def hand_out(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    batches = queries.batches(cpts, crisis, clock.today(cpts))
    form = hand_out_form(batches)
    if not form.validate():
        return invalid(INDEX, form=form, batches=batches, **beside(cpts, crisis))
    try:
        operations.hand_out(
            cpts, crisis, form.quantities(), given_to=form.given_to.data or "",
            takes_expired=bool(form.takes_expired.data), key=form.key,
            by=current_user, at=clock.now(),
        )  # fmt: skip
    except (LinesRefused, NothingTaken) as refusal:
        form.form_errors.append(str(refusal))
        form.say_refused(getattr(refusal, "why", {}))
        return invalid(INDEX, form=form, batches=batches, **beside(cpts, crisis))
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="La sortie est notée au journal.")


def beside(cpts: Cpts, crisis: Crisis) -> dict[str, Any]:
    """What the page shows under its form."""
    today = clock.today(cpts)
    return {
        "crisis": crisis,
        "is_expired": lambda batch: is_expired(batch, today),
        "gone": queries.gone(crisis),
        "short": queries.short(cpts, today),
    }
