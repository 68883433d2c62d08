"""The crisis cell on screen: its functions, in order, and the place where it meets."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.directory.vcard import vcard_file
from crisis_plan.anticipation.referents.rules import is_on_duty, is_past, is_to_come
from crisis_plan.anticipation.referents.wording import gaps_in_words, period_in_words
from crisis_plan.document.inline import safe_href
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import operations, queries
from crisis_plan.pilotage.crisis_cell.forms import AddFunctionForm, FunctionForm, PlaceForm
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED, lacks_a_required_one
from crisis_plan.pilotage.crisis_cell.naming import what_names
from crisis_plan.pilotage.crisis_cell.operations import NameTaken
from crisis_plan.pilotage.crisis_cell.rules import Direction, bridge_href
from crisis_plan.web.fields import CreateForm
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("crisis_cell", __name__)

ADD_FUNCTION = "pilotage/crisis_cell/add_function.html"
EDIT_FUNCTION = "pilotage/crisis_cell/edit_function.html"
PLACE = "pilotage/crisis_cell/place.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    today = clock.today(cpts)
    functions, place = queries.functions(cpts, today), queries.place(cpts)
    return render_template(
        "pilotage/crisis_cell/index.html",
        functions=functions,
        missing=queries.missing_in(functions),
        proposed=PROPOSED,
        lacks_a_required_one=lacks_a_required_one(held.function.key for held in functions),
        proposal=CreateForm(formdata=None),
        place=place,
        video_href=safe_href(place.video) if place else "",
        bridge_href=bridge_href(place.telephone_bridge) if place else "",
        missing_place=queries.missing_place(cpts),
    )


@bp.get("/cellule.vcf")
@requires(Permission.READ_WORKING_DATA)
def export_vcards(cpts: Cpts) -> Response:
    """Whoever holds a function today, as cards that a telephone takes in."""
    holders = directory.contacts_with_ids(cpts, queries.holders(cpts, clock.today(cpts)))
    return vcard_file(holders, file_name=f"cellule_{cpts.slug}.vcf")


@bp.post("/fonctions/proposees")
@requires(Permission.EDIT_PLAN)
@creates_once
def take_proposed(cpts: Cpts) -> ResponseReturnValue:
    operations.take_proposed_functions(cpts, by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))


@bp.get("/fonctions/ajouter")
@requires(Permission.EDIT_PLAN)
def add_function(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ADD_FUNCTION, form=AddFunctionForm(formdata=None))


@bp.post("/fonctions/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create_function(cpts: Cpts) -> ResponseReturnValue:
    form = AddFunctionForm()
    if not form.validate():
        return invalid(ADD_FUNCTION, form=form)
    name, task = form.name.data or "", form.task.data or ""
    try:
        function = operations.add_function(cpts, name=name, task=task, by=current_user, at=clock.now())
    except NameTaken as refusal:
        form.name.errors = [str(refusal)]
        return invalid(ADD_FUNCTION, form=form)
    return done(otherwise=url_for(".function", function_id=function.id))


@bp.get("/fonctions/<uuid:function_id>/")
@requires(Permission.READ_WORKING_DATA)
def function(cpts: Cpts, function_id: UUID) -> ResponseReturnValue:
    """One function: who holds it, who will, who did."""
    found, today = queries.function_or_404(cpts, function_id), clock.today(cpts)
    return render_template(
        "pilotage/crisis_cell/function.html",
        function=found,
        now=[duty for duty in found.duties if is_on_duty(duty, today)],
        to_come=[duty for duty in found.duties if is_to_come(duty, today)],
        past=[duty for duty in reversed(found.duties) if is_past(duty, today)],
        gaps=gaps_in_words(found.duties, today),
        period_in_words=partial(period_in_words, today=clock.today(cpts)),
    )


@bp.get("/fonctions/<uuid:function_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit_function(cpts: Cpts, function_id: UUID) -> ResponseReturnValue:
    found = queries.function_or_404(cpts, function_id)
    return render_template(EDIT_FUNCTION, form=FunctionForm.of(found), function=found, stored=None)


@bp.post("/fonctions/<uuid:function_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save_function(cpts: Cpts, function_id: UUID) -> ResponseReturnValue:
    found, form = queries.function_or_404(cpts, function_id), FunctionForm()
    shown: dict[str, Any] = {"form": form, "function": found, "stored": None}
    if not form.validate():
        return invalid(EDIT_FUNCTION, **shown)
    try:
        operations.edit_function(
            cpts,
            found,
            name=form.name.data or "",
            task=form.task.data or "",
            seen_version=form.seen_version.data or 0,
            by=current_user,
            at=clock.now(),
        )
    except NameTaken as refusal:
        form.name.errors = [str(refusal)]
        return invalid(EDIT_FUNCTION, **shown)
    except Stale:
        form.reopen_at(found.version)
        stored = [("name", found.name), ("task", found.task)]
        return invalid(EDIT_FUNCTION, status=409, **shown | {"stored": stored})
    return done(otherwise=url_for(".function", function_id=found.id))


@bp.get("/fonctions/ordre")
@requires(Permission.EDIT_PLAN)
def order(cpts: Cpts) -> ResponseReturnValue:
    """The list alone, to be put in order: who reads the cell in a hurry needs no such buttons."""
    return render_template("pilotage/crisis_cell/order.html", functions=queries.all_functions(cpts))


@bp.post("/fonctions/<uuid:function_id>/<direction>")
@requires(Permission.EDIT_PLAN)
def move_function(cpts: Cpts, function_id: UUID, direction: str) -> ResponseReturnValue:
    if direction not in [way.value for way in Direction]:
        abort(404)
    found = queries.function_or_404(cpts, function_id)
    operations.move_function(cpts, found, Direction(direction), by=current_user, at=clock.now())
    return done(otherwise=url_for(".order", _anchor=f"fonction-{found.id}"))


@bp.get("/fonctions/<uuid:function_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_function_removal(cpts: Cpts, function_id: UUID) -> ResponseReturnValue:
    found = queries.function_or_404(cpts, function_id)
    return render_template(
        "pilotage/crisis_cell/remove_function.html",
        function=found,
        naming=what_names(found),
        period_in_words=partial(period_in_words, today=clock.today(cpts)),
    )


@bp.post("/fonctions/<uuid:function_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_function(cpts: Cpts, function_id: UUID) -> ResponseReturnValue:
    operations.remove_function(queries.function_or_404(cpts, function_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))


@bp.get("/lieu")
@requires(Permission.EDIT_PLAN)
def place(cpts: Cpts) -> ResponseReturnValue:
    return render_template(PLACE, form=PlaceForm.of(queries.place(cpts)), stored=None)


@bp.post("/lieu")
@requires(Permission.EDIT_PLAN)
def save_place(cpts: Cpts) -> ResponseReturnValue:
    form = PlaceForm()
    if not form.validate():
        return invalid(PLACE, form=form, stored=None)
    description, seen_version = form.description(), form.seen_version.data or 0
    try:
        operations.describe_place(cpts, description, seen_version=seen_version, by=current_user, at=clock.now())
    except Stale:
        written = queries.place(cpts)
        form.reopen_at(written.version if written else 0)
        stored = [(name, getattr(written, name, "")) for name in vars(description)]
        return invalid(PLACE, status=409, form=form, stored=stored)
    return done(otherwise=url_for(".index", _anchor="place"))
