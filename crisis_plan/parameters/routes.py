"""The parameters of a CPTS: who it is, its dates, its territory."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.organisations import communes, operations, queries, territory_page
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.time_zones import LABELS
from crisis_plan.parameters.forms import FIELDS, ParametersForm
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("parameters", __name__)

EDIT = "parameters/edit.html"
TERRITORY = "parameters/territory.html"


@bp.get("/")
@requires(Permission.EDIT_PLAN)
def show(cpts: Cpts) -> ResponseReturnValue:
    return render_template(
        "parameters/show.html",
        territory=queries.territory(cpts),
        region=communes.region(cpts.region),
        departement_names=communes.departement_names,
        zones=LABELS,
    )


@bp.get("/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts) -> ResponseReturnValue:
    return render_template(EDIT, form=ParametersForm.of(cpts), stored=None)


@bp.post("/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts) -> ResponseReturnValue:
    form = ParametersForm()
    if not form.validate():
        return invalid(EDIT, form=form, stored=None)
    try:
        operations.change_cpts(
            cpts, seen_version=form.seen_version.data or 0, by=current_user, at=clock.now(), **form.changes()
        )
    except Stale:
        form.seen_version.data, form.seen_version.raw_data = cpts.version, None
        return invalid(EDIT, status=409, form=form, stored=[(name, getattr(cpts, name)) for name in FIELDS])
    return done(otherwise=url_for(".show"))


@bp.get("/territoire")
@requires(Permission.EDIT_PLAN)
def territory(cpts: Cpts) -> ResponseReturnValue:
    return territory_page.show(cpts, TERRITORY, back=url_for(".show"))


@bp.post("/territoire")
@requires(Permission.EDIT_PLAN)
def save_territory(cpts: Cpts) -> ResponseReturnValue:
    return territory_page.save(cpts, TERRITORY, back=url_for(".show"))
