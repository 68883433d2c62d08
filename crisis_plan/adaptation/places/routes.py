"""Places that can be opened, on screen."""

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
from crisis_plan.adaptation.places import export, operations, queries
from crisis_plan.adaptation.places.descriptions import Unnamed
from crisis_plan.adaptation.places.forms import AddPlaceForm, PlaceForm
from crisis_plan.adaptation.places.operations import PlaceRefused
from crisis_plan.adaptation.places.queries import Filters
from crisis_plan.adaptation.places.rules import CheckState, check_state
from crisis_plan.anticipation.directory.choosing import chooser
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file
from crisis_plan.web.htmx import done, invalid, page_or_block
from crisis_plan.web.pages import page_of_list

bp = Blueprint("places", __name__)

INDEX = "adaptation/places/index.html"
ADD = "adaptation/places/add.html"
EDIT = "adaptation/places/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    today, filters, known = clock.today(cpts), asked_filters(), queries.places(cpts)
    return page_or_block(
        INDEX,
        "found",
        page=page_of_list(queries.matching(known, filters, today), request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number, **dict[str, Any](filters.address)),
        filters=filters,
        crisis_types=list(CrisisType),
        communes=queries.communes(known),
        states=list(CheckState),
        counts=queries.counts(known, today),
        total=len(known),
        types_of=lambda place: crisis_types(place.crisis_types),
        state_of=lambda place: check_state(place.checked_on, today),
    )


@bp.get("/lieux.csv")
@requires(Permission.READ_WORKING_DATA)
def export_csv(cpts: Cpts) -> Response:
    """The places that the filters keep, as a spreadsheet."""
    today = clock.today(cpts)
    found = queries.matching(queries.places(cpts), asked_filters(), today)
    return csv_file(export.HEADINGS, export.rows(found), file_name=f"lieux_{cpts.slug}_{today}.csv")


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def add(cpts: Cpts) -> ResponseReturnValue:
    return render_template(ADD, form=AddPlaceForm(chooser(cpts), commune_names(cpts), formdata=None))


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create(cpts: Cpts) -> ResponseReturnValue:
    form = AddPlaceForm(chooser(cpts), commune_names(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    try:
        place = operations.add(cpts, form.description(), today=clock.today(cpts), by=current_user, at=clock.now())
    except (PlaceRefused, Unnamed) as refusal:
        form.refuse(refusal)
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".show", place_id=place.id))


@bp.get("/<uuid:place_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, place_id: UUID) -> ResponseReturnValue:
    place = queries.place_or_404(cpts, place_id)
    return render_template(
        "adaptation/places/show.html",
        place=place,
        state=check_state(place.checked_on, clock.today(cpts)),
        crisis_types=crisis_types(place.crisis_types),
    )


@bp.get("/<uuid:place_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, place_id: UUID) -> ResponseReturnValue:
    place = queries.place_or_404(cpts, place_id)
    form = PlaceForm.of(place, chooser(cpts), commune_names(cpts))
    return render_template(EDIT, form=form, place=place, stored=None)


@bp.post("/<uuid:place_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, place_id: UUID) -> ResponseReturnValue:
    place, form = queries.place_or_404(cpts, place_id), PlaceForm(chooser(cpts), commune_names(cpts))
    if not form.validate():
        return invalid(EDIT, form=form, place=place, stored=None)
    try:
        operations.change(
            cpts,
            place,
            form.description(),
            seen_version=form.seen_version.data or 0,
            today=clock.today(cpts),
            by=current_user,
            at=clock.now(),
        )
    except (PlaceRefused, Unnamed) as refusal:
        form.refuse(refusal)
        return invalid(EDIT, form=form, place=place, stored=None)
    except Stale:
        form.reopen_at(place.version)
        return invalid(EDIT, status=409, form=form, place=place, stored=form.beside(place))
    return done(otherwise=url_for(".show", place_id=place.id))


@bp.post("/<uuid:place_id>/verifier")
@requires(Permission.EDIT_PLAN)
def check(cpts: Cpts, place_id: UUID) -> ResponseReturnValue:
    place = queries.place_or_404(cpts, place_id)
    operations.check(place, on=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", place_id=place.id), said="Ce lieu est vérifié d’aujourd’hui.")


@bp.get("/<uuid:place_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, place_id: UUID) -> ResponseReturnValue:
    return render_template("adaptation/places/remove.html", place=queries.place_or_404(cpts, place_id))


@bp.post("/<uuid:place_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, place_id: UUID) -> ResponseReturnValue:
    operations.remove(queries.place_or_404(cpts, place_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"))


def asked_filters() -> Filters:
    """The filters of the address; what is not known is no filter."""
    number, state = request.args.get("type", ""), request.args.get("etat", "")
    return Filters(
        crisis_type=next((one for one in CrisisType if str(one.number) == number), None),
        commune=request.args.get("commune", "")[:120],
        state=CheckState(state) if state in list(CheckState) else None,
    )


def commune_names(cpts: Cpts) -> list[str]:
    """The communes of the territory, proposed for the commune of a place."""
    return [one.name for one in communes.communes([known.code for known in cpts.communes])]
