"""The three dated facts on screen."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import OrsanPlan
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.facts import operations, queries
from crisis_plan.pilotage.facts.forms import FactForm, WithdrawForm
from crisis_plan.pilotage.facts.rules import FactKind, acts_of, standing
from crisis_plan.pilotage.logbook.operations import LateWithoutReason, NotYetHappened, TooMuchAttached
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

bp = Blueprint("facts", __name__)

RECORD = "pilotage/facts/record.html"
WITHDRAW = "pilotage/facts/withdraw.html"
REFUSED = (UploadRefused, LateWithoutReason, NotYetHappened, TooMuchAttached)
KINDS = {one.address: one for one in FactKind}


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """All that was said of the three, corrections included."""
    crisis = crisis_or_404(cpts, crisis_id)
    said = queries.facts(crisis)
    stands = {one.id for one in standing(said)}
    return render_template(
        "pilotage/facts/index.html",
        crisis=crisis,
        said=said,
        stands=stands,
        acts=acts_of(said),
        kinds=list(FactKind),
        plan_names=lambda stored: ", ".join(one.label for one in OrsanPlan if one.value in stored),
    )


@bp.get("/<kind>/consigner")
@requires(Permission.RECORD_FACTS)
def new(cpts: Cpts, crisis_id: UUID, kind: str) -> ResponseReturnValue:
    crisis, known = crisis_or_404(cpts, crisis_id), kind_or_404(kind)
    return render_template(RECORD, crisis=crisis, kind=known, form=FactForm.now(cpts, known, clock.now()), fact=None)


@bp.post("/<kind>/consigner")
@requires(Permission.RECORD_FACTS)
@creates_once
def record(cpts: Cpts, crisis_id: UUID, kind: str) -> ResponseReturnValue:
    crisis, known = crisis_or_404(cpts, crisis_id), kind_or_404(kind)
    form = FactForm(cpts, known)
    if not form.validate():
        return invalid(RECORD, crisis=crisis, kind=known, form=form, fact=None)
    try:
        fact = operations.record(
            crisis, known, form.told(clock.now()), by=current_user, at=clock.now(), attachments=form.attachments()
        )
    except REFUSED as refusal:
        form.refuse(refusal)
        return invalid(RECORD, crisis=crisis, kind=known, form=form, fact=None)
    return recorded(crisis_id, fact.entry.name)


@bp.get("/<uuid:fact_id>/corriger")
@requires(Permission.RECORD_FACTS)
def correct(cpts: Cpts, crisis_id: UUID, fact_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    fact = queries.fact_or_404(crisis, fact_id)
    return render_template(RECORD, crisis=crisis, kind=fact.kind, form=FactForm.of(cpts, fact), fact=fact)


@bp.post("/<uuid:fact_id>/corriger")
@requires(Permission.RECORD_FACTS)
@creates_once
def save_correction(cpts: Cpts, crisis_id: UUID, fact_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    fact = queries.fact_or_404(crisis, fact_id)
    form = FactForm(cpts, fact.kind)
    if not form.validate():
        return invalid(RECORD, crisis=crisis, kind=fact.kind, form=form, fact=fact)
    now = clock.now()
    try:
        corrected = operations.record(
            crisis, fact.kind, form.told(now), by=current_user, at=now, attachments=form.attachments(), corrects=fact
        )
    except REFUSED as refusal:
        form.refuse(refusal)
        return invalid(RECORD, crisis=crisis, kind=fact.kind, form=form, fact=fact)
    return recorded(crisis_id, corrected.entry.name)


@bp.get("/<uuid:fact_id>/retirer")
@requires(Permission.RECORD_FACTS)
def confirm_withdrawal(cpts: Cpts, crisis_id: UUID, fact_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    fact = queries.fact_or_404(crisis, fact_id)
    return render_template(WITHDRAW, crisis=crisis, fact=fact, form=WithdrawForm(formdata=None))


@bp.post("/<uuid:fact_id>/retirer")
@requires(Permission.RECORD_FACTS)
@creates_once
def withdraw(cpts: Cpts, crisis_id: UUID, fact_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    fact, form = queries.fact_or_404(crisis, fact_id), WithdrawForm()
    if not form.validate():
        return invalid(WITHDRAW, crisis=crisis, fact=fact, form=form)
    said = operations.withdraw(crisis, fact, reason=form.reason.data or "", by=current_user, at=clock.now())
    return recorded(crisis_id, said.entry.name)


def kind_or_404(address: str) -> FactKind:
    """Which of the three facts this address names."""
    return KINDS.get(address) or abort(404)


def recorded(crisis_id: UUID, entry_name: str) -> ResponseReturnValue:
    return done(
        otherwise=url_for(".index", crisis_id=crisis_id),
        said=f"C’est consigné, à l’entrée {entry_name} du journal.",
    )
