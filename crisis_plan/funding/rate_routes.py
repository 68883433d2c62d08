"""Dated rates, as an operator adds them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.funding import queries, rate_operations, rates
from crisis_plan.funding.outside_forms import ReasonForm
from crisis_plan.funding.rate_forms import RateSetForm
from crisis_plan.once import creates_once
from crisis_plan.organisations.time_zones import Place
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.pages import page_of_list

bp = Blueprint("rates", __name__)

NEW = "funding/rates/new.html"
WITHDRAW = "funding/rates/withdraw.html"


@bp.get("/")
@requires(Permission.RUN_INSTALLATION)
def index() -> ResponseReturnValue:
    """The sets of the software, and those that an operator added, the withdrawn ones too."""
    page = page_of_list(queries.stored_rate_sets(), request.args.get("page", 1, type=int))
    return render_template(
        "funding/rates/index.html",
        page=page,
        page_url=lambda number: url_for(".index", page=number),
        set_of=queries.rate_set_of,
        built_in=rates.BUILT_IN,
        provision=rates.PROVISION_2021,
        current=rates.in_force(queries.rate_sets(), clock.today(clock.PARIS)),
        paris=Place(),
        **of_the_table(),
    )


@bp.get("/ajouter")
@requires(Permission.RUN_INSTALLATION)
def new() -> ResponseReturnValue:
    return render_template(NEW, form=RateSetForm(formdata=None), before=None, changes=(), **of_the_table())


@bp.post("/ajouter")
@requires(Permission.RUN_INSTALLATION)
@creates_once
def create() -> ResponseReturnValue:
    """It comes back once with what changes against the set before, to be read again."""
    form = RateSetForm()
    if not form.validate():
        return invalid(NEW, form=form, before=None, changes=(), **of_the_table())
    written = form.rates()
    before = rates.in_force(queries.rate_sets(), written.in_force_from)
    compared: dict[str, Any] = {"before": before, "changes": rates.changes(before, written) if before else ()}
    if not form.is_read_again.data:
        form.ask_to_read()
        return invalid(NEW, form=form, **compared, **of_the_table())
    try:
        rate_operations.add(written, by=current_user, at=clock.now())
    except rate_operations.SetRefused as refusal:
        form.in_force_from.errors = [str(refusal)]
        return invalid(NEW, form=form, **compared, **of_the_table())
    return done(otherwise=url_for(".index"), said="Le barème est ajouté.")


@bp.get("/<uuid:rate_set_id>/retirer")
@requires(Permission.RUN_INSTALLATION)
def confirm_withdrawal(rate_set_id: UUID) -> ResponseReturnValue:
    stored = queries.stored_rate_set_or_404(rate_set_id)
    if stored.withdrawn_at:
        abort(404)
    return render_template(WITHDRAW, stored=stored, form=ReasonForm(formdata=None))


@bp.post("/<uuid:rate_set_id>/retirer")
@requires(Permission.RUN_INSTALLATION)
def withdraw(rate_set_id: UUID) -> ResponseReturnValue:
    stored, form = queries.stored_rate_set_or_404(rate_set_id), ReasonForm()
    if not form.validate():
        return invalid(WITHDRAW, stored=stored, form=form)
    rate_operations.withdraw(stored, reason=form.reason.data, by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said="Le barème est retiré\u00a0: ce qui a été déposé avec lui le garde.")


def of_the_table() -> dict[str, Any]:
    return {"lines": rates.LINES, "sizes": rates.SIZES}
