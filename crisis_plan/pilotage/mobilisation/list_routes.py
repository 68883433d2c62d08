"""Members’ time and actions carried out, on screen: the counts, and the lines behind them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.paper import file_name
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.mobilisation import paper, queries
from crisis_plan.pilotage.mobilisation.board import board
from crisis_plan.pilotage.mobilisation.counts import NOT_SAID
from crisis_plan.pilotage.mobilisation.forms import OwnTimeForm
from crisis_plan.pilotage.mobilisation.wording import PURPOSE, PURPOSE_OF_EXERCISE, span
from crisis_plan.web.downloads import csv_file, private_pdf
from crisis_plan.web.htmx import page_or_block
from crisis_plan.web.pages import page_of_list

bp = Blueprint("mobilisation", __name__)

INDEX = "pilotage/mobilisation/index.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The counts; to a live page, 204 when nothing was noted since what it shows."""
    crisis = crisis_or_404(cpts, crisis_id)
    after, last = request.args.get("after", type=int), logbook.last_number(crisis)
    if after is not None and after == last:
        return "", 204
    return page_or_block(INDEX, "live", last_number=last, **counted(crisis))


@bp.get("/personnes")
@requires(Permission.READ_WORKING_DATA)
def people(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The people counted, line by line."""
    crisis = crisis_or_404(cpts, crisis_id)
    found = board(crisis, clock.now())
    return render_template(
        "pilotage/mobilisation/people.html",
        crisis=crisis,
        board=found,
        not_said=NOT_SAID,
        span=span,
        page=page_of_list(found.people, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".people", crisis_id=crisis.id, page=number),
    )


@bp.get("/temps")
@requires(Permission.READ_WORKING_DATA)
def times(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Every time as it was noted, what was withdrawn too."""
    crisis = crisis_or_404(cpts, crisis_id)
    return render_template(
        "pilotage/mobilisation/times.html",
        crisis=crisis,
        span=span,
        page=queries.page_of_times(crisis, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".times", crisis_id=crisis.id, page=number),
    )


@bp.get("/actions")
@requires(Permission.READ_WORKING_DATA)
def actions(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Every action as it was noted, what was withdrawn too."""
    crisis = crisis_or_404(cpts, crisis_id)
    return render_template(
        "pilotage/mobilisation/actions.html",
        crisis=crisis,
        page=queries.page_of_actions(crisis, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".actions", crisis_id=crisis.id, page=number),
    )


@bp.get("/temps-et-actions.csv")
@requires(Permission.READ_WORKING_DATA)
def export(cpts: Cpts, crisis_id: UUID) -> Response:
    crisis = crisis_or_404(cpts, crisis_id)
    rows = paper.csv_rows(cpts, board(crisis, clock.now()))
    return csv_file(paper.HEADINGS, rows, file_name=file_name(cpts, crisis, "temps-et-actions", "csv"))


@bp.get("/temps-et-actions.pdf")
@requires(Permission.READ_WORKING_DATA)
def pdf(cpts: Cpts, crisis_id: UUID) -> Response:
    crisis, now = crisis_or_404(cpts, crisis_id), clock.now()
    sheet = paper.mobilisation_paper(cpts, board(crisis, now), logbook.last(crisis), at=now)
    name = file_name(cpts, crisis, "temps-et-actions", "pdf")
    return private_pdf(leaflet.render(sheet, Edition.RESTRICTED), file_name=name)


def counted(crisis: Crisis) -> dict[str, Any]:
    """What the page shows beside what it asks."""
    found = board(crisis, clock.now())
    return {
        "crisis": crisis,
        "board": found,
        "own_time": found.own_time(current_user) if crisis.is_open else None,
        "own_form": OwnTimeForm(formdata=None),
        "purpose": PURPOSE_OF_EXERCISE if crisis.is_exercise else PURPOSE,
    }
