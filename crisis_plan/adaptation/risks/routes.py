"""Risks of the territory, on screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.adaptation.risks import operations, queries, rules
from crisis_plan.adaptation.risks.descriptions import RiskRefused
from crisis_plan.adaptation.risks.drawing import draw
from crisis_plan.adaptation.risks.forms import AddRiskForm, RiskForm
from crisis_plan.adaptation.risks.models import Risk
from crisis_plan.adaptation.risks.rules import Likelihood, Priority, Severity, review_is_due, standing
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.fields import CreateForm
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("risks", __name__)

ADD = "adaptation/risks/add.html"
EDIT = "adaptation/risks/edit.html"
SHOW = "adaptation/risks/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    known = queries.risk_list(cpts)
    return render_template(
        "adaptation/risks/index.html",
        known=known,
        drawing=draw(known.retained),
        priorities=list(Priority),
        missing=rules.missing(known.everything),
        reviews_due=rules.reviews_due(known.everything, clock.today(cpts)),
        named_list=rules.NAMED_LIST,
        no_imposed_scale=rules.NO_IMPOSED_SCALE,
        proposal=CreateForm(formdata=None),
    )


@bp.post("/liste-nommee")
@requires(Permission.EDIT_PLAN)
@creates_once
def take_named(cpts: Cpts) -> ResponseReturnValue:
    made = operations.take_named(cpts, by=current_user, at=clock.now())
    said = f"{counted(len(made), 'risque ajouté', 'risques ajoutés')}\u00a0: il reste à les juger, ou à les écarter."
    return done(otherwise=url_for(".index"), said=said if made else f"Toute la {rules.NAMED_LIST} est déjà là.")


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ADD, form=AddRiskForm(codes(cpts), formdata=None))


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddRiskForm(codes(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    try:
        risk = operations.add(cpts, form.description(), today=clock.today(cpts), by=current_user, at=clock.now())
    except RiskRefused as refusal:
        form.refuse(refusal)
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".show", risk_id=risk.id))


@bp.get("/<uuid:risk_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    return render_template(SHOW, **told_of(cpts, queries.risk_or_404(cpts, risk_id)))


@bp.get("/<uuid:risk_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    risk = queries.risk_or_404(cpts, risk_id)
    return render_template(EDIT, form=RiskForm.of(risk, codes(cpts, risk)), risk=risk, stored=None)


@bp.post("/<uuid:risk_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, risk_id: UUID) -> ResponseReturnValue:
    risk = queries.risk_or_404(cpts, risk_id)
    form = RiskForm(codes(cpts, risk))
    if not form.validate():
        return invalid(EDIT, form=form, risk=risk, stored=None)
    seen, today = form.seen_version.data or 0, clock.today(cpts)
    try:
        operations.change(
            cpts, risk, form.description(), seen_version=seen, today=today, by=current_user, at=clock.now()
        )
    except RiskRefused as refusal:
        form.refuse(refusal)
        return invalid(EDIT, form=form, risk=risk, stored=None)
    except Stale:
        form.reopen_at(risk.version)
        return invalid(EDIT, status=409, form=form, risk=risk, stored=form.beside(risk))
    return done(otherwise=url_for(".show", risk_id=risk.id))


def told_of(cpts: Cpts, risk: Risk) -> dict[str, Any]:
    """What the page of a risk shows."""
    return {
        "risk": risk,
        "likelihood": Likelihood(risk.likelihood) if risk.likelihood else None,
        "severity": Severity(risk.severity) if risk.severity else None,
        "standing": standing(risk),
        "is_due": review_is_due(risk.reviewed_on, clock.today(cpts)),
        "crisis_types": crisis_types(risk.crisis_types),
        "registers": queries.registers(cpts, risk.commune_codes),
    }


def codes(cpts: Cpts, risk: Risk | None = None) -> set[str]:
    """The communes to tick: those of the territory, and those that the risk names already."""
    return {known.code for known in cpts.communes} | set(risk.commune_codes if risk else ())
