"""What is known of the alert, and what was frozen at the opening. The same blueprint as `routes`."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis, CrisisSnapshot
from crisis_plan.pilotage.crisis_pack import archive
from crisis_plan.pilotage.room import conduct, queries, snapshots, wording
from crisis_plan.pilotage.room.alert_forms import AlertForm
from crisis_plan.pilotage.room.conduct import NothingNew
from crisis_plan.pilotage.room.conduct_routes import bp
from crisis_plan.publication import queries as publication
from crisis_plan.publication.reading import annex_page
from crisis_plan.web.downloads import attachment, private_pdf
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

ALERT = "pilotage/room/alert.html"


@bp.get("/<uuid:crisis_id>/alerte")
@requires(Permission.READ_WORKING_DATA)
def alert(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """What is known of the alert, to read; to complete for who writes."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    known = crises.alert(crisis) or abort(404)
    told = [(label, wording.in_words(name, getattr(known, name))) for name, label in wording.ALERT_FIELDS]
    sender = wording.sender(vars(known))
    return render_template(
        ALERT, crisis=crisis, alert=known, told=told, sender=sender, form=AlertForm.of(cpts, known), stored=None
    )


@bp.post("/<uuid:crisis_id>/alerte")
@requires(Permission.WRITE_LOGBOOK)
def complete_alert(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, form = crises.crisis_or_404(cpts, crisis_id), AlertForm(cpts)
    known = crises.alert(crisis) or abort(404)
    if not form.validate():
        return invalid(ALERT, crisis=crisis, alert=known, told=(), sender="", form=form, stored=None)
    try:
        conduct.complete_alert(
            crisis, form.typed, seen_version=form.seen_version.data or 0, by=current_user, at=clock.now()
        )
    except NothingNew as refusal:
        form.form_errors.append(str(refusal))
        return invalid(ALERT, crisis=crisis, alert=known, told=(), sender="", form=form, stored=None)
    except Stale:
        stored = form.reopen_on(known)
        return invalid(ALERT, status=409, crisis=crisis, alert=known, told=(), sender="", form=form, stored=stored)
    return done(otherwise=url_for(".alert", crisis_id=crisis_id), said="L’alerte est complétée, le journal le dit.")


@bp.get("/<uuid:crisis_id>/fige", defaults={"key": ""})
@bp.get("/<uuid:crisis_id>/fige/<key>")
@requires(Permission.READ_WORKING_DATA)
def frozen(cpts: Cpts, crisis_id: UUID, key: str) -> ResponseReturnValue:
    """What stood at the opening: the plan, then the directory, the cell and the stock, each on its page."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    snapshot = snapshot_or_404(crisis)
    document = snapshots.frozen(snapshot)
    chapter = snapshots.chapter_of(document, key) if key else None
    if key and chapter is None:
        abort(404)
    shown, page = (
        annex_page(chapter, asked=request.args.get("q", ""), number=request.args.get("page", 1, type=int))
        if chapter
        else (None, None)
    )
    return render_template(
        "pilotage/room/frozen.html",
        crisis=crisis,
        snapshot=snapshot,
        document=document,
        chapter=shown,
        page=page,
        page_url=lambda number: url_for(".frozen", crisis_id=crisis_id, key=key, page=number, q=request.args.get("q")),
        publication=publication.with_id(cpts, crisis.publication_id) if crisis.publication_id else None,
        kept=snapshots.KEPT,
    )


@bp.get("/<uuid:crisis_id>/fige.pdf")
@requires(Permission.READ_WORKING_DATA)
def frozen_pdf(cpts: Cpts, crisis_id: UUID) -> Response:
    """The same on paper, telephones of people included: for the cell."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    printed = snapshots.printed(cpts, crisis, snapshot_or_404(crisis))
    name = paper.file_name(cpts, crisis, "etat-fige", "pdf")
    return private_pdf(leaflet.render(printed, Edition.RESTRICTED), file_name=name)


@bp.get("/<uuid:crisis_id>/kit-de-crise.zip")
@requires(Permission.READ_WORKING_DATA)
def pack(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The crisis pack whose blank log sheets bear this crisis and its next number; nothing is written."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    made = archive.pack(cpts, at=clock.now(), log=queries.blank_log(crisis))
    name = paper.file_name(cpts, crisis, "kit-de-crise", "zip")
    return attachment(made.content, media_type=archive.MEDIA_TYPE, file_name=name)


def snapshot_or_404(crisis: Crisis) -> CrisisSnapshot:
    return crises.snapshot(crisis) or abort(404)
