"""The situation reports of a crisis: what was issued, read and downloaded."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import serial
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.situation_reports import operations, paper, queries, sending
from crisis_plan.pilotage.situation_reports.forms import PrepareForm
from crisis_plan.pilotage.situation_reports.lines import at_hour
from crisis_plan.pilotage.situation_reports.rules import is_due
from crisis_plan.web import downloads
from crisis_plan.web.htmx import done

bp = Blueprint("situation_reports", __name__)

INDEX = "pilotage/situation_reports/index.html"
SHOW = "pilotage/situation_reports/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """What was issued, the draft that is open, and whether the next point is awaited."""
    crisis, now = crisis_or_404(cpts, crisis_id), clock.now()
    hours = Hours(cpts, now)
    return render_template(
        INDEX,
        crisis=crisis,
        draft=queries.draft(crisis),
        page=queries.page_of_issued(crisis, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", crisis_id=crisis_id, page=number),
        form=PrepareForm(formdata=None),
        hours=hours,
        at_hour=partial(at_hour, hours),
        is_due=crisis.is_open and is_due(crisis.next_point_at, now),
    )


@bp.post("/")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def prepare(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Open the draft, or join the one that is open."""
    crisis = crisis_or_404(cpts, crisis_id)
    report = operations.prepare(cpts, crisis, by=current_user, at=clock.now())
    return done(otherwise=url_for(".draft", crisis_id=crisis_id, report_id=report.id))


@bp.get("/<int(max=99999):number>")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, crisis_id: UUID, number: int) -> ResponseReturnValue:
    """The report as it was issued: the same blocks as its PDF."""
    crisis = crisis_or_404(cpts, crisis_id)
    report = queries.issued_or_404(crisis, number)
    return render_template(
        SHOW,
        crisis=crisis,
        report=report,
        document=serial.from_json(report.content or {}),
        sent=sending.sent(crisis, report),
    )


@bp.get("/<int(max=99999):number>.pdf")
@requires(Permission.READ_WORKING_DATA)
def pdf(cpts: Cpts, crisis_id: UUID, number: int) -> Response:
    """The very bytes that were kept when it was issued."""
    crisis = crisis_or_404(cpts, crisis_id)
    report = queries.printed_or_404(crisis, number)
    if report.pdf is None:  # erased on a legal order
        abort(404)
    name = paper.file_name(cpts, crisis, report)
    return downloads.pdf(report.pdf, file_name=name, etag=report.pdf_sha256)
