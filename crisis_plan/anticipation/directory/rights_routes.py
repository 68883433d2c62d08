"""A person's rights over what the directory holds of them. The same blueprint as `routes`."""

from __future__ import annotations

import json
from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import departures, operations, oppositions, queries, retention, rights
from crisis_plan.anticipation.directory.choosing_routes import bp
from crisis_plan.anticipation.directory.rights_forms import LiftForm
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import attachment
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

PERSONAL_DATA = "anticipation/directory/personal_data.html"
REMOVE = "anticipation/directory/remove.html"
OPPOSE = "anticipation/directory/oppose.html"
OPPOSITIONS = "anticipation/directory/oppositions.html"


@bp.get("/<uuid:contact_id>/donnees")
@requires(Permission.EDIT_PLAN)
def personal_data(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    return render_template(
        PERSONAL_DATA,
        contact=contact,
        held=rights.held(contact),
        in_words=lambda value: rights.in_words(value, cpts),
        purpose=retention.PURPOSE,
        ground=retention.LEGAL_GROUND,
        leaving=departures.leaving(contact, cpts),
        today=clock.today(cpts),
    )


@bp.post("/<uuid:contact_id>/donnees.json")
@requires(Permission.EDIT_PLAN)
def personal_data_file(cpts: Cpts, contact_id: UUID) -> Response:
    """Everything that is held on this person, in a file; that it was handed over is recorded."""
    contact = queries.contact_or_404(cpts, contact_id)
    found = rights.export(contact, cpts, by=current_user, at=clock.now(), on=clock.today(cpts))
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    return attachment(content, media_type="application/json", file_name=f"donnees_{cpts.slug}_{contact.id}.json")


@bp.get("/<uuid:contact_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    return render_template(REMOVE, contact=contact, refusal=None, leaving=departures.leaving(contact, cpts))


@bp.post("/<uuid:contact_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    try:
        operations.remove(contact, today=clock.today(cpts), by=current_user, at=clock.now())
    except operations.StillOnDuty as refusal:
        contact = queries.contact_or_404(cpts, contact_id)
        return invalid(REMOVE, status=409, contact=contact, refusal=refusal)
    return done(otherwise=url_for(".index"), said="Le contact est retiré de l’annuaire.")


@bp.get("/<uuid:contact_id>/opposition")
@requires(Permission.EDIT_PLAN)
def confirm_opposition(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    return render_template(OPPOSE, contact=contact, refusal=None, leaving=departures.leaving(contact, cpts))


@bp.post("/<uuid:contact_id>/opposition")
@requires(Permission.EDIT_PLAN)
def oppose(cpts: Cpts, contact_id: UUID) -> ResponseReturnValue:
    contact = queries.contact_or_404(cpts, contact_id)
    try:
        departures.oppose(contact, today=clock.today(cpts), by=current_user, at=clock.now())
    except operations.StillOnDuty as refusal:
        contact = queries.contact_or_404(cpts, contact_id)
        return invalid(OPPOSE, status=409, contact=contact, refusal=refusal)
    return done(otherwise=url_for(".kept_oppositions"), said="La fiche a disparu, et aucun import ne la ramènera.")


@bp.get("/oppositions")
@requires(Permission.EDIT_PLAN)
def kept_oppositions(cpts: Cpts) -> ResponseReturnValue:
    return render_template(OPPOSITIONS, kept=oppositions.kept(cpts), form=LiftForm(formdata=None), not_found=False)


@bp.post("/oppositions")
@requires(Permission.EDIT_PLAN)
def lift_opposition(cpts: Cpts) -> ResponseReturnValue:
    form = LiftForm()
    if not form.validate():
        return invalid(OPPOSITIONS, kept=oppositions.kept(cpts), form=form, not_found=False)
    lifted = departures.lift(cpts, form.draft(), by=current_user, at=clock.now())
    if not lifted:
        return invalid(OPPOSITIONS, kept=oppositions.kept(cpts), form=form, not_found=True)
    return done(otherwise=url_for(".kept_oppositions"), said=f"{counted(lifted, 'opposition')} : levée.")
