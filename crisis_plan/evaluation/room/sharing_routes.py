"""Sharing a validated debrief, and adding to it. The same blueprint."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.db import slow
from crisis_plan.document.blocks import Edition
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.queries import debrief_or_404
from crisis_plan.evaluation.room import addenda, printing, sharing
from crisis_plan.evaluation.room.paper import file_name
from crisis_plan.evaluation.room.reading import readable_or_404
from crisis_plan.evaluation.room.validation_forms import AddendumForm, ShareForm
from crisis_plan.evaluation.room.validation_routes import bp
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web import downloads
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

SHARE = "evaluation/room/share.html"
ADDENDUM = "evaluation/room/addendum.html"


@bp.get("/<uuid:debrief_id>/partage")
@requires(Permission.CLOSE_CRISIS)
def share(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief = validated_or_refused(cpts, debrief_id)
    return render_template(SHARE, debrief=debrief, form=ShareForm.of(debrief), is_stale=False)


@bp.post("/<uuid:debrief_id>/partage")
@requires(Permission.CLOSE_CRISIS)
def save_share(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief, form = validated_or_refused(cpts, debrief_id), ShareForm()
    if not form.validate():
        return invalid(SHARE, debrief=debrief, form=form, is_stale=False)
    wanted = {"with_ars": form.with_ars.data, "with_cpam": form.with_cpam.data}
    try:
        sharing.share(debrief, **wanted, seen_version=form.seen_version.data or 0, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(debrief.version)
        return invalid(SHARE, status=409, debrief=debrief, form=form, is_stale=True)
    return done(otherwise=url_for(".show", debrief_id=debrief_id), said=sharing.told(debrief))


@bp.get("/<uuid:debrief_id>/additifs")
@requires(Permission.CLOSE_CRISIS)
def new_addendum(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief = validated_or_refused(cpts, debrief_id)
    return render_template(ADDENDUM, debrief=debrief, form=AddendumForm(formdata=None))


@bp.post("/<uuid:debrief_id>/additifs")
@requires(Permission.CLOSE_CRISIS)
@creates_once
@slow
def add_addendum(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief, form = validated_or_refused(cpts, debrief_id), AddendumForm()
    if not form.validate():
        return invalid(ADDENDUM, debrief=debrief, form=form)
    try:
        made = addenda.add(debrief, form.text.data or "", by=current_user, at=clock.now())
    except addenda.NumberTaken as refusal:
        form.form_errors.append(str(refusal))
        return invalid(ADDENDUM, status=refusal.status, debrief=debrief, form=form)
    otherwise = url_for(".show", debrief_id=debrief_id, _anchor=f"additif-{made.number}")
    return done(otherwise=otherwise, said=f"L’additif n°\u00a0{made.number} est ajouté, ses deux PDF sont prêts.")


@bp.get("/<uuid:debrief_id>/additifs/<int(max=9999):number>.pdf")
@requires(Permission.READ_DEBRIEF)
def addendum_pdf(cpts: Cpts, debrief_id: UUID, number: int) -> ResponseReturnValue:
    return sent(readable_or_404(cpts, debrief_id), number, Edition.RESTRICTED)


@bp.get("/<uuid:debrief_id>/additifs/<int(max=9999):number>-public.pdf")
@requires(Permission.READ_DEBRIEF)
def addendum_public_pdf(cpts: Cpts, debrief_id: UUID, number: int) -> ResponseReturnValue:
    return sent(readable_or_404(cpts, debrief_id), number, Edition.PUBLIC)


def sent(debrief: Debrief, number: int, edition: Edition) -> ResponseReturnValue:
    """The exact bytes that were stored with the addendum; where an order erased them, what is left of it."""
    made = next((one for one in debrief.addenda if one.number == number), None) or abort(404)
    name = file_name(debrief.cpts, debrief, edition, addendum=number)
    stored = printing.stored(debrief, edition, addendum=number)
    if stored and stored.content:
        return downloads.pdf(stored.content, file_name=name, etag=stored.sha256)
    paper = addenda.addendum_paper(debrief, number, made.text, author=made.written_by_name, at=made.written_at)
    return downloads.private_pdf(printing.printed(paper, edition), file_name=name)


def validated_or_refused(cpts: Cpts, debrief_id: UUID) -> Debrief:
    """The debrief at this address. Raises `NotValidated`."""
    debrief = debrief_or_404(cpts, debrief_id)
    if not debrief.is_validated:
        raise sharing.NotValidated
    return debrief
