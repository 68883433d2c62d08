"""The directory on screen: finding, reading, editing and exporting contacts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import export, operations, queries, rules
from crisis_plan.anticipation.directory.forms import EditContactForm, NewContactForm
from crisis_plan.anticipation.directory.identifiers import rpps
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.queries import Choices, Filters
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.anticipation.directory.telephones import region_of
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file
from crisis_plan.web.htmx import done, invalid, page_or_block

bp = Blueprint("directory", __name__)

INDEX = "anticipation/directory/index.html"
SHOW = "anticipation/directory/show.html"
NEW = "anticipation/directory/new.html"
EDIT = "anticipation/directory/edit.html"
REMOVE = "anticipation/directory/remove.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    choices = queries.filter_choices(cpts)
    filters = asked_filters(choices)
    return page_or_block(
        INDEX,
        "found",
        filters=filters,
        choices=choices,
        page=queries.page(cpts, filters, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number, **dict[str, Any](filters.address)),
        overview=queries.overview(cpts, clock.today(cpts)),
        kinds=list(ContactKind),
        is_stale=lambda contact: rules.is_stale(contact.verified_on, clock.today(cpts)),
    )


@bp.get("/annuaire.csv")
@requires(Permission.READ_WORKING_DATA)
def export_csv(cpts: Cpts) -> Response:
    """The contacts that the filters keep, as a spreadsheet."""
    found = queries.contacts(cpts, asked_filters(queries.filter_choices(cpts)))
    file_name = f"annuaire_{cpts.slug}_{clock.today(cpts)}.csv"
    return csv_file(export.HEADINGS, map(export.row, found), file_name=file_name)


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def new(cpts: Cpts) -> ResponseReturnValue:
    form = NewContactForm(region_of(cpts.departements), formdata=None, kind=request.args.get("type"))
    return render_template(NEW, form=form)


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def add(cpts: Cpts) -> ResponseReturnValue:
    form = NewContactForm(region_of(cpts.departements))
    if not form.validate():
        return invalid(NEW, form=form)
    try:
        contact = operations.add(cpts, form.draft(), by=current_user, at=clock.now())
    except operations.AlreadyInDirectory as refusal:
        form.refuse_rpps(refusal)
        return invalid(NEW, form=form)
    return done(otherwise=url_for(".show", contact_id=contact.id))


@bp.get("/<uuid:contact_id>")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    is_stale = rules.is_stale(contact.verified_on, clock.today(cpts))
    return render_template(SHOW, contact=contact, rpps=rpps(contact.national_id), is_stale=is_stale)


@bp.get("/<uuid:contact_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    form = EditContactForm.of(contact, region_of(cpts.departements))
    return render_template(EDIT, form=form, contact=contact, differences=())


@bp.post("/<uuid:contact_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    form = EditContactForm(region_of(cpts.departements))
    if not form.validate():
        return invalid(EDIT, form=form, contact=contact, differences=())
    seen = form.seen_version.data or 0
    try:
        operations.change(contact, form.draft(contact), seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        return conflict(form, contact)
    except operations.AlreadyInDirectory as refusal:
        form.refuse_rpps(refusal)
        return invalid(EDIT, form=form, contact=contact, differences=())
    return done(otherwise=url_for(".show", contact_id=contact.id))


@bp.post("/<uuid:contact_id>/verifier")
@requires(Permission.EDIT_PLAN)
def verify(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    operations.verify(contact, on=clock.today(cpts), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", contact_id=contact.id))


@bp.get("/<uuid:contact_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    return render_template(REMOVE, contact=queries.contact_or_404(cpts, contact_id), refusal=None)


@bp.post("/<uuid:contact_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    try:
        operations.remove(contact, today=clock.today(cpts), by=current_user, at=clock.now())
    except operations.StillOnDuty as refusal:
        contact = queries.contact_or_404(cpts, contact_id)
        return invalid(REMOVE, status=409, contact=contact, refusal=refusal)
    return done(otherwise=url_for(".index"))


def asked_filters(choices: Choices) -> Filters:
    """The filters of the address; what no contact has is no filter."""
    kind, profession, commune = (request.args.get(name, "") for name in ("type", "profession", "commune"))
    return Filters(
        q=request.args.get("q", "").replace("\x00", "").strip()[:200],
        kind=ContactKind(kind) if kind in list(ContactKind) else None,
        profession=profession if profession in choices.professions else "",
        commune=commune if commune in choices.communes else "",
    )


def conflict(form: EditContactForm, contact: Contact) -> ResponseReturnValue:
    """What is stored beside what was typed: sending again keeps the typed, over what it has now been shown."""
    form.seen_version.data, form.seen_version.raw_data = contact.version, None
    differences = export.differences(form.draft(contact), contact)
    return invalid(EDIT, status=409, form=form, contact=contact, differences=differences)
