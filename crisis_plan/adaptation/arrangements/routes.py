"""Needs, circuits and continuity, on screen."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.arrangements import functions_named, operations, queries
from crisis_plan.adaptation.arrangements.forms import AddArrangementForm, ArrangementForm, in_fields
from crisis_plan.adaptation.arrangements.proposals import PROPOSED
from crisis_plan.adaptation.arrangements.rules import ArrangementKind
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import crisis_types
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.naming import names_functions
from crisis_plan.pilotage.crisis_cell.rules import Direction
from crisis_plan.web.fields import CreateForm
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.pages import page_of_list

bp = Blueprint("arrangements", __name__)
names_functions(functions_named)

ADD = "adaptation/arrangements/add.html"
EDIT = "adaptation/arrangements/edit.html"
LIST = "/<any(besoins, circuits, continuite):kind>"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    """The three lists, and how far each is."""
    return render_template("adaptation/arrangements/index.html", states=queries.states(cpts))


@bp.get(f"{LIST}/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, kind: str) -> ResponseReturnValue:
    asked = ArrangementKind(kind)
    lines = queries.arrangements(cpts, asked)
    return render_template(
        "adaptation/arrangements/show.html",
        kind=asked,
        page=page_of_list(lines, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".show", kind=kind, page=number),
        state=queries.state_of(asked, lines),
        lines_of=lambda care: [line for line in lines if line.care is care],
        care_kinds=list(CareKind) if asked.asks_care else [],
        types_of=lambda line: crisis_types(line.crisis_types),
        in_fields=in_fields,
        proposed=PROPOSED[asked],
        proposal=CreateForm(formdata=None),
    )


@bp.post(f"{LIST}/proposees")
@requires(Permission.EDIT_PLAN)
@creates_once
def take_proposed(cpts: Cpts, kind: str) -> ResponseReturnValue:
    operations.take_proposed(cpts, ArrangementKind(kind), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", kind=kind))


@bp.get(f"{LIST}/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts, kind: str) -> ResponseReturnValue:
    care = request.args.get("soins", "")
    asked = care if care in list(CareKind) else ""
    form = AddArrangementForm(ArrangementKind(kind), queries.choices(cpts), formdata=None, care=asked)
    return render_template(ADD, form=form, kind=form.kind)


@bp.post(f"{LIST}/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts, kind: str) -> ResponseReturnValue:
    form = AddArrangementForm(ArrangementKind(kind), queries.choices(cpts))
    if not form.validate():
        return invalid(ADD, form=form, kind=form.kind)
    line = operations.add(cpts, form.kind, form.description(), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", kind=kind, _anchor=f"ligne-{line.id}"))


@bp.get(f"{LIST}/ordre")
@requires(Permission.EDIT_PLAN)
def order(cpts: Cpts, kind: str) -> ResponseReturnValue:
    """The list alone, to be put in order."""
    return render_template(
        "adaptation/arrangements/order.html",
        kind=ArrangementKind(kind),
        lines=queries.arrangements(cpts, ArrangementKind(kind)),
        address=lambda line_id, direction: url_for(".move", line_id=line_id, direction=direction),
    )


@bp.post("/lignes/<uuid:line_id>/<any(monter, descendre):direction>")
@requires(Permission.EDIT_PLAN)
def move(cpts: Cpts, line_id: UUID, direction: str) -> ResponseReturnValue:
    line = queries.arrangement_or_404(cpts, line_id)
    operations.move(cpts, line, Direction(direction), by=current_user, at=clock.now())
    return done(otherwise=url_for(".order", kind=line.kind.value, _anchor=f"ligne-{line.id}"))


@bp.get("/lignes/<uuid:line_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, line_id: UUID) -> ResponseReturnValue:
    line = queries.arrangement_or_404(cpts, line_id)
    form = ArrangementForm.of(line, queries.choices(cpts))
    return render_template(EDIT, form=form, line=line, kind=line.kind, stored=None)


@bp.post("/lignes/<uuid:line_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, line_id: UUID) -> ResponseReturnValue:
    line = queries.arrangement_or_404(cpts, line_id)
    form = ArrangementForm(line.kind, queries.choices(cpts))
    if not form.validate():
        return invalid(EDIT, form=form, line=line, kind=line.kind, stored=None)
    seen_version = form.seen_version.data or 0
    try:
        operations.change(line, form.description(), seen_version=seen_version, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(line.version)
        return invalid(EDIT, status=409, form=form, line=line, kind=line.kind, stored=form.beside(line))
    return done(otherwise=url_for(".show", kind=line.kind.value, _anchor=f"ligne-{line.id}"))


@bp.get("/lignes/<uuid:line_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, line_id: UUID) -> ResponseReturnValue:
    line = queries.arrangement_or_404(cpts, line_id)
    return render_template("adaptation/arrangements/remove.html", line=line, kind=line.kind)


@bp.post("/lignes/<uuid:line_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, line_id: UUID) -> ResponseReturnValue:
    line = queries.arrangement_or_404(cpts, line_id)
    operations.remove(line, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", kind=line.kind.value))
