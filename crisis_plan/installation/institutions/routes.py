"""ARS, CPAM and MSA: their area and their readers."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access import invitations
from crisis_plan.access import operations as access
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.access.queries import READER_ROLE
from crisis_plan.errors import Stale
from crisis_plan.installation import queries as installation
from crisis_plan.installation.forms import InvitationForm, differences
from crisis_plan.installation.institutions import operations as readings
from crisis_plan.installation.institutions import queries
from crisis_plan.installation.institutions.forms import ChangeInstitutionForm, NewInstitutionForm, stored
from crisis_plan.once import creates_once
from crisis_plan.organisations import operations
from crisis_plan.organisations.models import Institution, InstitutionKind
from crisis_plan.organisations.queries import institution_or_404
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("institutions", __name__)

NEW = "installation/institutions/new.html"
EDIT = "installation/institutions/edit.html"
INVITE = "installation/institutions/invite.html"


@bp.get("/")
@requires(Permission.RUN_INSTALLATION)
def index() -> ResponseReturnValue:
    return render_template("installation/institutions/index.html", lines=queries.listed())


@bp.get("/nouvelle")
@requires(Permission.RUN_INSTALLATION)
def new() -> ResponseReturnValue:
    return render_template(NEW, form=NewInstitutionForm(formdata=None))


@bp.post("/nouvelle")
@requires(Permission.RUN_INSTALLATION)
@creates_once
def create() -> ResponseReturnValue:
    form = NewInstitutionForm()
    if not form.validate():
        return invalid(NEW, form=form)
    institution = operations.create_institution(
        kind=InstitutionKind(form.kind.data),
        name=form.name.data or "",
        region=form.region.data,
        departements=form.codes,
        by=current_user,
        at=clock.now(),
    )
    return done(otherwise=url_for(".show", institution_id=institution.id))


@bp.get("/<uuid:institution_id>/")
@requires(Permission.RUN_INSTALLATION)
def show(institution_id: UUID) -> ResponseReturnValue:
    institution = institution_or_404(institution_id)
    return render_template(
        "installation/institutions/show.html",
        institution=institution,
        area=queries.area(institution),
        readers=queries.readers(institution),
        invitations=installation.open_invitations(current_user, now=clock.now(), to=institution),
    )


@bp.get("/<uuid:institution_id>/modifier")
@requires(Permission.RUN_INSTALLATION)
def edit(institution_id: UUID) -> ResponseReturnValue:
    institution = institution_or_404(institution_id)
    return render_template(EDIT, institution=institution, form=ChangeInstitutionForm.of(institution), conflict=None)


@bp.post("/<uuid:institution_id>/modifier")
@requires(Permission.RUN_INSTALLATION)
def save(institution_id: UUID) -> ResponseReturnValue:
    institution, form = institution_or_404(institution_id), ChangeInstitutionForm()
    if not form.validate():
        return invalid(EDIT, institution=institution, form=form, conflict=None)
    try:
        operations.change_institution(
            institution,
            name=form.name.data or "",
            region=form.region.data,
            departements=form.codes,
            seen_version=form.seen_version.data or 0,
            by=current_user,
            at=clock.now(),
        )
    except Stale:
        return conflict(institution, form)
    return done(otherwise=url_for(".show", institution_id=institution.id))


@bp.get("/<uuid:institution_id>/inviter")
@requires(Permission.RUN_INSTALLATION)
def invite(institution_id: UUID) -> ResponseReturnValue:
    return render_template(INVITE, institution=institution_or_404(institution_id), form=InvitationForm(formdata=None))


@bp.post("/<uuid:institution_id>/inviter")
@requires(Permission.RUN_INSTALLATION)
@creates_once
def send_invitation(institution_id: UUID) -> ResponseReturnValue:
    institution, form = institution_or_404(institution_id), InvitationForm()
    if not form.validate():
        return invalid(INVITE, institution=institution, form=form)
    email, name, role = form.email.data or "", form.name.data or "", READER_ROLE[institution.kind]
    try:
        invitations.invite(email=email, name=name, role=role, institution=institution, by=current_user, at=clock.now())
    except access.AlreadyMember as refusal:
        refuse(form, "email", refusal)
        return invalid(INVITE, institution=institution, form=form)
    return done(otherwise=url_for(".show", institution_id=institution.id))


@bp.get("/<uuid:institution_id>/lecteurs/<uuid:readership_id>/retirer")
@requires(Permission.RUN_INSTALLATION)
def ask_to_revoke(institution_id: UUID, readership_id: UUID) -> ResponseReturnValue:
    institution = institution_or_404(institution_id)
    reader = queries.reader_or_404(institution, readership_id)
    return render_template("installation/institutions/revoke.html", institution=institution, reader=reader)


@bp.post("/<uuid:institution_id>/lecteurs/<uuid:readership_id>/retirer")
@requires(Permission.RUN_INSTALLATION)
def revoke(institution_id: UUID, readership_id: UUID) -> ResponseReturnValue:
    institution = institution_or_404(institution_id)
    readings.revoke_reader(queries.reader_or_404(institution, readership_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", institution_id=institution.id))


def conflict(institution: Institution, form: ChangeInstitutionForm) -> ResponseReturnValue:
    """What is stored beside what was typed; sending again keeps the typed one."""
    form.seen_version.data, form.seen_version.raw_data = institution.version, None
    kept = differences(form, stored(institution))
    return invalid(EDIT, status=409, institution=institution, form=form, conflict=kept)
