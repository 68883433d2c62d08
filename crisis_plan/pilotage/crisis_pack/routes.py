"""The crisis pack: one archive to keep where no network is needed, and each of its papers alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_pack import archive, listing, log_sheets
from crisis_plan.pilotage.crisis_pack.forms import USUAL, LogSheetsForm
from crisis_plan.pilotage.crisis_pack.pieces import BY_KEY
from crisis_plan.pilotage.crisis_pack.reading import Reading
from crisis_plan.pilotage.crisis_pack.rules import file_name, pack_name
from crisis_plan.web.downloads import attachment, private_pdf
from crisis_plan.web.htmx import invalid

bp = Blueprint("crisis_pack", __name__)

PAGE = "pilotage/crisis_pack/index.html"


@bp.get("/kit-de-crise/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    return render_template(PAGE, form=LogSheetsForm(MultiDict(USUAL)), **contents(cpts))


@bp.get("/kit-de-crise.zip")
@requires(Permission.READ_WORKING_DATA)
def download(cpts: Cpts) -> ResponseReturnValue:
    """Everything, as it stands now; nothing is written, nothing is kept."""
    made = archive.pack(cpts, at=clock.now())
    return attachment(made.content, media_type=archive.MEDIA_TYPE, file_name=made.file_name)


@bp.get("/kit-de-crise/feuilles-de-journal.pdf")
@requires(Permission.READ_WORKING_DATA)
def blank_log_sheets(cpts: Cpts) -> ResponseReturnValue:
    """So many sheets, numbered from the number asked for."""
    form = LogSheetsForm(MultiDict({**USUAL, **request.args.to_dict()}))
    if not form.validate():
        return invalid(PAGE, form=form, **contents(cpts))
    today = clock.today(cpts)
    content = log_sheets.blank_sheets(cpts, title="", first=form.first, sheets=form.sheets, day=today)
    return private_pdf(content, file_name=file_name("feuilles-de-journal", cpts.slug, today, "pdf"))


@bp.get("/kit-de-crise/<key>.pdf")
@requires(Permission.READ_WORKING_DATA)
def piece(cpts: Cpts, key: str) -> ResponseReturnValue:
    """One paper of the pack, as it stands now."""
    found, reading = BY_KEY.get(key) or abort(404), Reading(cpts, clock.now())
    content = found.pdf(reading, found.chapters(reading))
    return private_pdf(content, file_name=file_name(key, cpts.slug, reading.today, "pdf"))


def contents(cpts: Cpts) -> dict[str, Any]:
    """What the archive would hold now."""
    return {"at": clock.now(), "name": pack_name(cpts.slug, clock.today(cpts)), "lines": listing.lines(cpts)}
