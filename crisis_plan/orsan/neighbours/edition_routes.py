"""The edition of a neighbouring plan that was seen, and its document. The same blueprint as `routes`."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.forms import refuse
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import files, operations, queries
from crisis_plan.orsan.neighbours.descriptions import NeighbourRefused
from crisis_plan.orsan.neighbours.edition_forms import FileForm, SightForm
from crisis_plan.orsan.neighbours.routes import bp
from crisis_plan.web.attachments import read_attachment
from crisis_plan.web.downloads import attachment
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

__all__ = ["bp"]

SEEN = "orsan/neighbours/seen.html"
FILE = "orsan/neighbours/add_file.html"


@bp.get("/<uuid:plan_id>/vu-aujourd-hui")
@requires(Permission.EDIT_PLAN)
def tell_sight(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan = queries.plan_or_404(cpts, plan_id)
    return render_template(SEEN, form=SightForm.of(plan, clock.today(cpts)), plan=plan, stored=None)


@bp.post("/<uuid:plan_id>/vu-aujourd-hui")
@requires(Permission.EDIT_PLAN)
def see(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan, form = queries.plan_or_404(cpts, plan_id), SightForm()
    if not form.validate():
        return invalid(SEEN, form=form, plan=plan, stored=None)
    seen, today = form.seen_version.data or 0, clock.today(cpts)
    try:
        operations.see(plan, form.sight(), seen_version=seen, on=today, by=current_user, at=clock.now())
    except NeighbourRefused as refusal:
        form.refuse(refusal)
        return invalid(SEEN, form=form, plan=plan, stored=None)
    except Stale:
        form.reopen_at(plan.version)
        return invalid(SEEN, status=409, form=form, plan=plan, stored=form.beside(plan))
    return done(otherwise=url_for(".show", plan_id=plan.id), said="Ce plan est vu d’aujourd’hui.")


@bp.get("/<uuid:plan_id>/document")
@requires(Permission.READ_WORKING_DATA)
def download(cpts: Cpts, plan_id: UUID) -> Response:
    """The exact bytes, to keep: nothing that was uploaded is ever shown inside the site."""
    kept = queries.file_or_404(cpts, plan_id)
    return attachment(kept.content, media_type=kept.media_type, file_name=kept.file_name)


@bp.get("/<uuid:plan_id>/document/joindre")
@requires(Permission.EDIT_PLAN)
def choose_file(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    return render_template(FILE, form=FileForm(formdata=None), plan=queries.plan_or_404(cpts, plan_id))


@bp.post("/<uuid:plan_id>/document/joindre")
@requires(Permission.EDIT_PLAN)
@creates_once
def add_file(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan, form = queries.plan_or_404(cpts, plan_id), FileForm()
    if not form.validate():
        return invalid(FILE, form=form, plan=plan)
    try:
        files.keep(plan, read_attachment(form.document.data), by=current_user, at=clock.now())
    except UploadRefused as refusal:
        refuse(form, "document", refusal)
        return invalid(FILE, form=form, plan=plan)
    return done(otherwise=url_for(".show", plan_id=plan.id), said="Le document est gardé.")


@bp.get("/<uuid:plan_id>/document/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_file_removal(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan = queries.file_or_404(cpts, plan_id).plan
    return render_template("orsan/neighbours/remove_file.html", plan=plan)


@bp.post("/<uuid:plan_id>/document/retirer")
@requires(Permission.EDIT_PLAN)
def remove_file(cpts: Cpts, plan_id: UUID) -> ResponseReturnValue:
    plan = queries.file_or_404(cpts, plan_id).plan
    files.remove(plan, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", plan_id=plan.id), said="Le document est retiré.")
