"""The directory on screen: finding, reading, editing and exporting contacts."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.anticipation.directory import departures, export, operations, queries, rules
from crisis_plan.anticipation.directory.filters import asked_filters
from crisis_plan.anticipation.directory.forms import EditContactForm, NewContactForm
from crisis_plan.anticipation.directory.identifiers import rpps
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.anticipation.directory.rules import ContactKind, Freshness, Lacking
from crisis_plan.anticipation.directory.telephones import is_mobile, region_of
from crisis_plan.anticipation.directory.verify_form import VerifyForm
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid, is_htmx, page_or_block

bp = Blueprint("directory", __name__)

INDEX = "anticipation/directory/index.html"
SHOW = "anticipation/directory/show.html"
NEW = "anticipation/directory/new.html"
EDIT = "anticipation/directory/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    today = clock.today(cpts)
    filters = asked_filters(request.args, today)
    page = queries.page(cpts, filters, request.args.get("page", 1, type=int))
    return page_or_block(
        INDEX,
        "found",
        filters=filters,
        page=page,
        unknown=() if page.total else queries.unknown_words(cpts, filters.q),
        page_url=lambda number: url_for(".index", page=number, **dict[str, Any](filters.address)),
        freshness=partial(rules.freshness, today=today),
        **({} if is_htmx() else around_the_list(cpts, today)),
    )


@bp.get("/ajouter")
@requires(Permission.EDIT_PLAN)
def new(cpts: Cpts) -> ResponseReturnValue:
    form = NewContactForm(*asked_in(cpts), formdata=None, kind=request.args.get("type"))
    return render_template(NEW, form=form)


@bp.post("/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def add(cpts: Cpts) -> ResponseReturnValue:
    form = NewContactForm(*asked_in(cpts))
    if not form.validate():
        return invalid(NEW, form=form)
    try:
        contact = departures.add(cpts, form.draft(), by=current_user, at=clock.now())
    except departures.Opposed as refusal:
        form.refuse_name(refusal)
        return invalid(NEW, form=form, is_opposed=True)
    except operations.AlreadyInDirectory as refusal:
        form.refuse_rpps(refusal)
        return invalid(NEW, form=form)
    return done(otherwise=url_for(".show", contact_id=contact.id))


@bp.get("/<uuid:contact_id>")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    form = VerifyForm(formdata=None, seen_version=contact.version)
    return render_template(SHOW, form=form, changed=False, **shown(cpts, contact))


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
    form = EditContactForm(*asked_in(cpts))
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
    contact, form = queries.contact_or_404(cpts, contact_id), VerifyForm()
    if not form.validate():
        return invalid(SHOW, form=form, changed=False, **shown(cpts, contact))
    try:
        operations.verify(
            contact,
            on=clock.today(cpts),
            how=form.how,
            verified_by=form.verified_by.data or "",
            seen_version=form.seen_version.data or 0,
            by=current_user,
            at=clock.now(),
        )
    except Stale:
        contact = queries.contact_or_404(cpts, contact_id)
        form.reopen_at(contact.version)
        return invalid(SHOW, status=409, form=form, changed=True, **shown(cpts, contact))
    return done(otherwise=url_for(".show", contact_id=contact.id), said=f"{contact.name} : vérifié aujourd’hui.")


def around_the_list(cpts: Cpts, today: date) -> dict[str, Any]:
    """What the page says beside the list; a search as one types does not ask for it again."""
    return {
        "today": today,
        "choices": queries.filter_choices(cpts),
        "overview": queries.overview(cpts, today),
        "adherents": queries.adherents_on(cpts, today),
        "kinds": list(ContactKind),
        "degrees": list(Freshness),
        "crisis_types": list(CrisisType),
        "lackings": list(Lacking),
    }


def asked_in(cpts: Cpts) -> tuple[str, date]:
    """Where the CPTS telephones from, and its date."""
    return region_of(cpts.departements), clock.today(cpts)


def shown(cpts: Cpts, contact: Contact) -> dict[str, Any]:
    """What the page of a contact says beside its verification form."""
    return {
        "contact": contact,
        "rpps": rpps(contact.national_id),
        "volunteer_for": [one.label for one in crisis_types(contact.volunteer_for)],
        "freshness": rules.freshness(contact.verified_on, clock.today(cpts)),
        "consent_to_ask": rules.needs_mobile_consent(
            is_service=contact.is_service,
            mobile_consent_on=contact.mobile_consent_on,
            private_numbers=[phone.number for phone in contact.phones if phone.is_private],
        ),
        "is_mobile": is_mobile,
    }


def conflict(form: EditContactForm, contact: Contact) -> ResponseReturnValue:
    """What is stored beside what was typed: sending again keeps the typed, over what it has now been shown."""
    form.reopen_at(contact.version)
    differences = export.differences(form.draft(contact), contact)
    return invalid(EDIT, status=409, form=form, contact=contact, differences=differences)
