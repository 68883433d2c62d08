"""What is decided of a risk: reviewed, set aside, taken back, removed. The same blueprint as `routes`."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.risks import operations, queries
from crisis_plan.adaptation.risks.forms import SetAsideForm
from crisis_plan.adaptation.risks.routes import SHOW, bp, told_of
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.fields import EditForm
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

SET_ASIDE = "adaptation/risks/set_aside.html"


@bp.post("/<uuid:risk_id>/revoir")
@requires(Permission.EDIT_PLAN)
def review(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    risk = queries.risk_or_404(cpts, risk_id)
    seen = EditForm().seen_version.data or 0
    try:
        operations.review(risk, seen_version=seen, on=clock.today(cpts), by=current_user, at=clock.now())
    except Stale:
        return invalid(SHOW, status=409, changed_meanwhile=True, **told_of(cpts, risk))
    return done(otherwise=url_for(".show", risk_id=risk.id), said="Ce risque est revu d’aujourd’hui.")


@bp.get("/<uuid:risk_id>/ecarter")
@requires(Permission.EDIT_PLAN)
def explain(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    risk = queries.risk_or_404(cpts, risk_id)
    form = SetAsideForm(formdata=None, reason=risk.set_aside, seen_version=risk.version)
    return render_template(SET_ASIDE, form=form, risk=risk, stored=None)


@bp.post("/<uuid:risk_id>/ecarter")
@requires(Permission.EDIT_PLAN)
def set_aside(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    risk, form = queries.risk_or_404(cpts, risk_id), SetAsideForm()
    if not form.validate():
        return invalid(SET_ASIDE, form=form, risk=risk, stored=None)
    seen, today = form.seen_version.data or 0, clock.today(cpts)
    try:
        operations.set_aside(risk, form.reason.data, seen_version=seen, today=today, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(risk.version)
        return invalid(SET_ASIDE, status=409, form=form, risk=risk, stored=[("reason", risk.set_aside)])
    return done(otherwise=url_for(".show", risk_id=risk.id))


@bp.post("/<uuid:risk_id>/reprendre")
@requires(Permission.EDIT_PLAN)
def take_back(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    risk = queries.risk_or_404(cpts, risk_id)
    operations.take_back(risk, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", risk_id=risk.id), said="Ce risque est de nouveau dans la liste.")


@bp.get("/<uuid:risk_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    return render_template("adaptation/risks/remove.html", risk=queries.risk_or_404(cpts, risk_id))


@bp.post("/<uuid:risk_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    operations.remove(queries.risk_or_404(cpts, risk_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said="Le risque est retiré de la liste.")
