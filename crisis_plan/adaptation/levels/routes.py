"""The ladder of levels, on screen."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.durations import every, in_words
from crisis_plan.adaptation.levels import functions_named, operations, queries
from crisis_plan.adaptation.levels.descriptions import Unnamed
from crisis_plan.adaptation.levels.forms import AddLevelForm, LevelForm
from crisis_plan.adaptation.levels.operations import NameTaken
from crisis_plan.adaptation.levels.rules import NO_NATIONAL_SCALE, OWN_SCALE, PROPOSED, lacks
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.naming import names_functions
from crisis_plan.pilotage.crisis_cell.rules import Direction
from crisis_plan.web.fields import CreateForm
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("levels", __name__)
names_functions(functions_named)

ADD = "adaptation/levels/add.html"
EDIT = "adaptation/levels/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    levels = queries.ladder(cpts)
    return render_template(
        "adaptation/levels/index.html",
        levels=levels,
        missing=lacks(levels),
        proposed=PROPOSED,
        proposal=CreateForm(formdata=None),
        scale=OWN_SCALE if levels else NO_NATIONAL_SCALE,
        every=every,
        in_words=in_words,
    )


@bp.post("/proposes")
@requires(Permission.EDIT_PLAN)
@creates_once
def take_proposed(cpts: Cpts) -> ResponseReturnValue:
    operations.take_proposed(cpts, by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ADD, form=AddLevelForm(queries.means(cpts), formdata=None))


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddLevelForm(queries.means(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    try:
        level = operations.add(cpts, form.description(), by=current_user, at=clock.now())
    except (NameTaken, Unnamed) as refusal:
        form.name.errors = [str(refusal)]
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".index", _anchor=f"niveau-{level.id}"))


@bp.get("/<uuid:level_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, level_id: UUID) -> ResponseReturnValue:
    level = queries.level_or_404(cpts, level_id)
    return render_template(EDIT, form=LevelForm.of(level, queries.means(cpts)), level=level, stored=None)


@bp.post("/<uuid:level_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, level_id: UUID) -> ResponseReturnValue:
    level, form = queries.level_or_404(cpts, level_id), LevelForm(queries.means(cpts))
    if not form.validate():
        return invalid(EDIT, form=form, level=level, stored=None)
    seen_version = form.seen_version.data or 0
    try:
        operations.change(cpts, level, form.description(), seen_version=seen_version, by=current_user, at=clock.now())
    except (NameTaken, Unnamed) as refusal:
        form.name.errors = [str(refusal)]
        return invalid(EDIT, form=form, level=level, stored=None)
    except Stale:
        form.reopen_at(level.version)
        return invalid(EDIT, status=409, form=form, level=level, stored=form.beside(level))
    return done(otherwise=url_for(".index", _anchor=f"niveau-{level.id}"))


@bp.get("/ordre")
@requires(Permission.EDIT_PLAN)
def order(cpts: Cpts) -> ResponseReturnValue:
    """The ladder alone, to be put in order."""
    return render_template(
        "adaptation/levels/order.html",
        levels=queries.levels(cpts),
        address=lambda level_id, direction: url_for(".move", level_id=level_id, direction=direction),
    )


@bp.post("/<uuid:level_id>/<any(monter, descendre):direction>")
@requires(Permission.EDIT_PLAN)
def move(cpts: Cpts, level_id: UUID, direction: str) -> ResponseReturnValue:
    level = queries.level_or_404(cpts, level_id)
    operations.move(cpts, level, Direction(direction), by=current_user, at=clock.now())
    return done(otherwise=url_for(".order", _anchor=f"ligne-{level.id}"))


@bp.get("/<uuid:level_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, level_id: UUID) -> ResponseReturnValue:
    level = queries.level_or_404(cpts, level_id)
    return render_template("adaptation/levels/remove.html", level=level, cards=level.cards)


@bp.post("/<uuid:level_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, level_id: UUID) -> ResponseReturnValue:
    operations.remove(queries.level_or_404(cpts, level_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))
