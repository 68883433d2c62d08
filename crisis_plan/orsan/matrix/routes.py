"""The ORSAN matrix, on screen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import INFERENCE, SOURCE, TRIGGERED_BY, OrsanPlan, Provision
from crisis_plan.orsan.matrix import operations, queries
from crisis_plan.orsan.matrix.forms import StanceForm
from crisis_plan.orsan.matrix.gaps import GapKind, remedy
from crisis_plan.orsan.matrix.rules import NOT_REVIEWED, CellState
from crisis_plan.orsan.matrix.stances import PROPOSED
from crisis_plan.web.fields import EditForm
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("orsan", __name__)

SHOW = "orsan/matrix/show.html"
EDIT = "orsan/matrix/edit.html"
SAID: dict[str, Any] = {
    "triggered_by": TRIGGERED_BY,
    "inference": INFERENCE,
    "source": SOURCE,
    "crisis_types": list(CrisisType),
    "provisions": list(Provision),
    "not_reviewed": NOT_REVIEWED,
}
"""What both pages say, whatever the CPTS."""


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    return render_template(SHOW, **shown(cpts), is_outrun=False)


@bp.get("/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts) -> ResponseReturnValue:
    """The links as they stand; the first time, those that are proposed."""
    stored = queries.stance_row(cpts)
    form = StanceForm.of(queries.stance(cpts, stored) if stored else PROPOSED, stored)
    return render_template(EDIT, **SAID, form=form, is_proposed=stored is None, stored=None)


@bp.post("/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts) -> ResponseReturnValue:
    form = StanceForm()
    if not form.validate():
        return invalid(EDIT, **SAID, form=form, is_proposed=False, stored=None)
    seen, today = form.seen_version.data or 0, clock.today(cpts)
    try:
        operations.choose(cpts, form.stance(), seen_version=seen, today=today, by=current_user, at=clock.now())
    except Stale:
        stored = queries.stance_row(cpts)
        form.reopen_at(stored.version if stored else 0)
        beside = form.beside(queries.stance(cpts, stored))
        return invalid(EDIT, status=409, **SAID, form=form, is_proposed=False, stored=beside)
    return done(otherwise=url_for(".show"), said="Les liens avec ORSAN sont enregistrés.")


@bp.post("/relu-aujourd-hui")
@requires(Permission.EDIT_PLAN)
def review(cpts: Cpts) -> ResponseReturnValue:
    """The links that the page showed still hold; shown again where they changed meanwhile."""
    stored, seen = queries.stance_or_404(cpts), EditForm().seen_version.data or 0
    try:
        operations.review(stored, seen_version=seen, on=clock.today(cpts), by=current_user, at=clock.now())
    except Stale:
        return invalid(SHOW, status=Stale.status, **shown(cpts), is_outrun=True)
    return done(otherwise=url_for(".show"), said="Les liens avec ORSAN sont relus d’aujourd’hui.")


def shown(cpts: Cpts) -> dict[str, Any]:
    """What the page of the links says."""
    reading = queries.reading(cpts)
    return {
        **SAID,
        "reading": reading,
        "matrix": reading.matrix,
        "plans": list(OrsanPlan),
        "states": list(CellState),
        "gap_kinds": list(GapKind),
        "remedy": remedy,
    }
