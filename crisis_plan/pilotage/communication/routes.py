"""Crisis communication, on screen: the room, and the prepared messages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory.professions import PROPOSED as PROFESSIONS
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication import operations, queries
from crisis_plan.pilotage.communication.forms import AddModelForm, ModelForm
from crisis_plan.pilotage.communication.overview import overview
from crisis_plan.pilotage.communication.preview import preview
from crisis_plan.pilotage.communication.values import known_values
from crisis_plan.web.fields import CreateForm, EditForm
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid, page_or_block

bp = Blueprint("communication", __name__)

NEW = "pilotage/communication/new.html"
MODEL = "pilotage/communication/model.html"
EDIT = "pilotage/communication/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    asked = asked_type()
    return page_or_block(
        "pilotage/communication/index.html",
        "found",
        room=overview(cpts, clock.today(cpts), asked, page=request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number, type=asked.number if asked else None),
        crisis_types=list(CrisisType),
        types_of=lambda model: crisis_types(model.crisis_types),
        proposal=CreateForm(formdata=None),
    )


@bp.post("/messages/proposes")
@requires(Permission.EDIT_PLAN)
@creates_once
def take_proposed(cpts: Cpts) -> ResponseReturnValue:
    taken = operations.take_proposed(cpts, by=current_user, at=clock.now())
    said = f"{counted(len(taken), 'message repris', 'messages repris')}\u00a0: à relire avec ceux qui les enverront."
    return done(otherwise=url_for(".index"), said=said)


@bp.get("/messages/ajouter")
@requires(Permission.EDIT_PLAN)
def new(cpts: Cpts) -> ResponseReturnValue:
    return render_template(NEW, form=AddModelForm(commune_names(cpts), PROFESSIONS, formdata=None))


@bp.post("/messages/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddModelForm(commune_names(cpts), PROFESSIONS)
    if not form.validate():
        return invalid(NEW, form=form)
    today, at = clock.today(cpts), clock.now()
    model = operations.add(cpts, form.description(), today=today, by=current_user, at=at)
    return done(otherwise=url_for(".model", model_id=model.id))


@bp.get("/messages/<uuid:model_id>/")
@requires(Permission.READ_WORKING_DATA)
def model(cpts: Cpts, model_id: UUID) -> ResponseReturnValue:
    shown = queries.model_or_404(cpts, model_id)
    return render_template(MODEL, **on_the_page(cpts, shown))


@bp.get("/messages/<uuid:model_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, model_id: UUID) -> ResponseReturnValue:
    known = queries.model_or_404(cpts, model_id)
    return render_template(EDIT, form=ModelForm.of(known, commune_names(cpts), PROFESSIONS), model=known, stored=None)


@bp.post("/messages/<uuid:model_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, model_id: UUID) -> ResponseReturnValue:
    known, form = queries.model_or_404(cpts, model_id), ModelForm(commune_names(cpts), PROFESSIONS)
    if not form.validate():
        return invalid(EDIT, form=form, model=known, stored=None)
    said, seen, at = form.description(), form.seen_version.data or 0, clock.now()
    try:
        operations.change(cpts, known, said, seen_version=seen, today=clock.today(cpts), by=current_user, at=at)
    except Stale:
        form.reopen_at(known.version)
        return invalid(EDIT, status=409, form=form, model=known, stored=form.beside(known))
    return done(otherwise=url_for(".model", model_id=known.id))


@bp.post("/messages/<uuid:model_id>/relu")
@requires(Permission.EDIT_PLAN)
def reread(cpts: Cpts, model_id: UUID) -> ResponseReturnValue:
    """The message is right as it was read; one that changed meanwhile is shown again."""
    known, form = queries.model_or_404(cpts, model_id), EditForm()
    form.validate()
    today, seen = clock.today(cpts), form.seen_version.data or 0
    try:
        operations.say_reread(known, seen_version=seen, today=today, by=current_user, at=clock.now())
    except Stale:
        return invalid(MODEL, status=409, **on_the_page(cpts, known), changed_meanwhile=True)
    return done(otherwise=url_for(".model", model_id=known.id), said="Ce message est relu.")


def on_the_page(cpts: Cpts, shown: Any) -> dict[str, Any]:
    """A message, and what it would say today."""
    return {
        "model": shown,
        "preview": preview(shown, known_values(cpts, clock.today(cpts))),
        "crisis_types": crisis_types(shown.crisis_types),
        "copying": CreateForm(formdata=None),
        "reading": EditForm(formdata=None, seen_version=shown.version),
    }


def asked_type() -> CrisisType | None:
    """The crisis type of the address; what is not known is no filter."""
    number = request.args.get("type", "")
    return next((one for one in CrisisType if str(one.number) == number), None)


def commune_names(cpts: Cpts) -> list[str]:
    """The communes of the territory, proposed where a message goes to one of them."""
    return [one.name for one in communes.communes([known.code for known in cpts.communes])]
