"""Creating a CPTS, changing it, choosing its territory, inviting its first referent."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access import invitations
from crisis_plan.access import operations as access
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission, Role
from crisis_plan.errors import Stale
from crisis_plan.installation import queries as installation
from crisis_plan.installation.forms import InvitationForm, differences
from crisis_plan.installation.tenants import queries
from crisis_plan.installation.tenants.forms import ChangeCptsForm, NewCptsForm, stored
from crisis_plan.once import creates_once
from crisis_plan.organisations import communes, operations, territory_page
from crisis_plan.organisations import queries as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.time_zones import LABELS
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("tenants", __name__)

NEW = "installation/tenants/new.html"
EDIT = "installation/tenants/edit.html"
TERRITORY = "installation/tenants/territory.html"
INVITE = "installation/tenants/invite.html"


@bp.get("/nouvelle")
@requires(Permission.RUN_INSTALLATION)
def new() -> ResponseReturnValue:
    return render_template(NEW, form=NewCptsForm(formdata=None))


@bp.post("/nouvelle")
@requires(Permission.RUN_INSTALLATION)
@creates_once
def create() -> ResponseReturnValue:
    form = NewCptsForm()
    if not form.validate():
        return invalid(NEW, form=form)
    slug = form.slug.data or queries.free_slug(form.name.data or "")
    if not slug:
        refuse(form, "slug", "Ce nom ne donne pas d’adresse : écrivez-en une, comme uzege-pont-du-gard.")
        return invalid(NEW, form=form)
    try:
        cpts = operations.create_cpts(slug=slug, identity=form.identity(), by=current_user, at=clock.now())
    except operations.SlugTaken as refusal:
        refuse(form, "slug", refusal)
        return invalid(NEW, form=form)
    return done(otherwise=url_for(".show", cpts_id=cpts.id))


@bp.get("/<uuid:cpts_id>/")
@requires(Permission.RUN_INSTALLATION)
def show(cpts_id: UUID) -> ResponseReturnValue:
    cpts, now = organisations.cpts_or_404(cpts_id), clock.now()
    return render_template(
        "installation/tenants/show.html",
        cpts=cpts,
        territory=organisations.territory(cpts),
        region=communes.region(cpts.region),
        departement_names=communes.departement_names,
        zones=LABELS,
        standing=queries.first_referents([cpts.id], now=now)[cpts.id],
        invitations=installation.open_invitations(current_user, now=now, to=cpts),
    )


@bp.get("/<uuid:cpts_id>/modifier")
@requires(Permission.RUN_INSTALLATION)
def edit(cpts_id: UUID) -> ResponseReturnValue:
    cpts = organisations.cpts_or_404(cpts_id)
    return render_template(EDIT, cpts=cpts, form=ChangeCptsForm.of(cpts), conflict=None)


@bp.post("/<uuid:cpts_id>/modifier")
@requires(Permission.RUN_INSTALLATION)
def save(cpts_id: UUID) -> ResponseReturnValue:
    cpts = organisations.cpts_or_404(cpts_id)
    form = ChangeCptsForm()
    if not form.validate():
        return invalid(EDIT, cpts=cpts, form=form, conflict=None)
    seen = form.seen_version.data or 0
    try:
        operations.change_cpts(cpts, seen_version=seen, by=current_user, at=clock.now(), **asdict(form.identity()))
    except Stale:
        return conflict(cpts, form)
    return done(otherwise=url_for(".show", cpts_id=cpts.id))


@bp.get("/<uuid:cpts_id>/territoire")
@requires(Permission.RUN_INSTALLATION)
def territory(cpts_id: UUID) -> ResponseReturnValue:
    cpts = organisations.cpts_or_404(cpts_id)
    return territory_page.show(cpts, TERRITORY, back=url_for(".show", cpts_id=cpts.id))


@bp.post("/<uuid:cpts_id>/territoire")
@requires(Permission.RUN_INSTALLATION)
def save_territory(cpts_id: UUID) -> ResponseReturnValue:
    cpts = organisations.cpts_or_404(cpts_id)
    return territory_page.save(cpts, TERRITORY, back=url_for(".show", cpts_id=cpts.id))


@bp.get("/<uuid:cpts_id>/inviter")
@requires(Permission.RUN_INSTALLATION)
def invite(cpts_id: UUID) -> ResponseReturnValue:
    return render_template(INVITE, form=InvitationForm(formdata=None), **inviting(organisations.cpts_or_404(cpts_id)))


@bp.post("/<uuid:cpts_id>/inviter")
@requires(Permission.RUN_INSTALLATION)
@creates_once
def send_invitation(cpts_id: UUID) -> ResponseReturnValue:
    cpts, form = organisations.cpts_or_404(cpts_id), InvitationForm()
    if not form.validate():
        return invalid(INVITE, form=form, **inviting(cpts))
    email, name = form.email.data or "", form.name.data or ""
    try:
        invitations.invite(email=email, name=name, role=Role.REFERENT, cpts=cpts, by=current_user, at=clock.now())
    except access.AlreadyMember as refusal:
        refuse(form, "email", refusal)
        return invalid(INVITE, form=form, **inviting(cpts))
    return done(otherwise=url_for(".show", cpts_id=cpts.id))


def inviting(cpts: Cpts) -> dict[str, Any]:
    """What the page of an invitation shows beside the form."""
    return {"cpts": cpts, "standing": queries.first_referents([cpts.id], now=clock.now())[cpts.id]}


def conflict(cpts: Cpts, form: ChangeCptsForm) -> ResponseReturnValue:
    """What is stored beside what was typed; sending again keeps the typed one."""
    form.seen_version.data, form.seen_version.raw_data = cpts.version, None
    return invalid(EDIT, status=409, cpts=cpts, form=form, conflict=differences(form, stored(cpts)))
