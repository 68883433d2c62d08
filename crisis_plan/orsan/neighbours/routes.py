"""Neighbouring plans, on screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory.choosing import chooser
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import NeighbourKind, orsan_plans
from crisis_plan.orsan.neighbours import export, operations, queries
from crisis_plan.orsan.neighbours.descriptions import NeighbourRefused
from crisis_plan.orsan.neighbours.forms import AddNeighbourForm, NeighbourForm
from crisis_plan.orsan.neighbours.queries import Filters
from crisis_plan.orsan.neighbours.rules import check_state, checks_due, kind_in_words, unknown_kinds
from crisis_plan.web.downloads import csv_file
from crisis_plan.web.htmx import done, invalid, page_or_block
from crisis_plan.web.pages import page_of_list

bp = Blueprint("neighbours", __name__)

INDEX = "orsan/neighbours/index.html"
ADD = "orsan/neighbours/add.html"
EDIT = "orsan/neighbours/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    today, filters, known = clock.today(cpts), asked_filters(), queries.plans(cpts)
    return page_or_block(
        INDEX,
        "found",
        page=page_of_list(queries.matching(known, filters, today), request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number, **dict[str, Any](filters.address)),
        filters=filters,
        kinds=list(NeighbourKind),
        crisis_types=list(CrisisType),
        gaps=unknown_kinds(plan.kind for plan in known),
        due=checks_due(known, today),
        total=len(known),
        kind_of=lambda plan: kind_in_words(plan.kind, plan.own_kind),
        types_of=lambda plan: crisis_types(plan.crisis_types),
        state_of=lambda plan: check_state(plan, today),
    )


@bp.get("/plans-voisins.csv")
@requires(Permission.READ_WORKING_DATA)
def export_csv(cpts: Cpts) -> Response:
    """The plans that the filters keep, as a spreadsheet."""
    today = clock.today(cpts)
    found = queries.matching(queries.plans(cpts), asked_filters(), today)
    return csv_file(export.HEADINGS, export.rows(found, today), file_name=f"plans-voisins_{cpts.slug}_{today}.csv")


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    """The empty form, of the kind and the crisis type that the address names."""
    kind, one = asked_filters().kind, asked_filters().crisis_type
    known = {"kind": kind.value if kind else "", "crisis_types": [one.value] if one else []}
    form = AddNeighbourForm(chooser(cpts), formdata=None, **known)
    return render_template(ADD, form=form)


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddNeighbourForm(chooser(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    try:
        plan = operations.add(cpts, form.description(), today=clock.today(cpts), by=current_user, at=clock.now())
    except NeighbourRefused as refusal:
        form.refuse(refusal)
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".show", plan_id=plan.id), said="Le plan voisin est ajouté.")


@bp.get("/<uuid:plan_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan = queries.plan_or_404(cpts, plan_id)
    return render_template(
        "orsan/neighbours/show.html",
        plan=plan,
        kind=kind_in_words(plan.kind, plan.own_kind),
        state=check_state(plan, clock.today(cpts)),
        crisis_types=crisis_types(plan.crisis_types),
        orsan_plans=orsan_plans(plan.orsan_plans),
    )


@bp.get("/<uuid:plan_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan = queries.plan_or_404(cpts, plan_id)
    return render_template(EDIT, form=NeighbourForm.of(plan, chooser(cpts)), plan=plan, stored=None)


@bp.post("/<uuid:plan_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan, form = queries.plan_or_404(cpts, plan_id), NeighbourForm(chooser(cpts))
    if not form.validate():
        return invalid(EDIT, form=form, plan=plan, stored=None)
    seen, today, now = form.seen_version.data or 0, clock.today(cpts), clock.now()
    try:
        operations.change(cpts, plan, form.description(), seen_version=seen, today=today, by=current_user, at=now)
    except NeighbourRefused as refusal:
        form.refuse(refusal)
        return invalid(EDIT, form=form, plan=plan, stored=None)
    except Stale:
        form.reopen_at(plan.version)
        return invalid(EDIT, status=409, form=form, plan=plan, stored=form.beside(plan))
    return done(otherwise=url_for(".show", plan_id=plan.id), said="Le plan voisin est enregistré.")


@bp.get("/<uuid:plan_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    return render_template("orsan/neighbours/remove.html", plan=queries.plan_or_404(cpts, plan_id))


@bp.post("/<uuid:plan_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    operations.remove(queries.plan_or_404(cpts, plan_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said="Le plan voisin est retiré de la liste.")


def asked_filters() -> Filters:
    """The filters of the address; what is not known is no filter."""
    kind, number = request.args.get("nature", ""), request.args.get("type", "")
    return Filters(
        kind=NeighbourKind(kind) if kind in list(NeighbourKind) else None,
        crisis_type=next((one for one in CrisisType if str(one.number) == number), None),
        only_due=request.args.get("a-verifier") == "1",
    )
