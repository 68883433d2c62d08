"""Debriefs on screen: the list, one of them, opening the debrief of what is over."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import can, current_roles, requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.exercises.queries import exercise_or_404
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.dates import awaited
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import BLAME_FREE, FindingKind, Heading
from crisis_plan.evaluation.room import listing, opening
from crisis_plan.evaluation.room.addenda import said
from crisis_plan.evaluation.room.paper_figures import figures_of
from crisis_plan.evaluation.room.printing import document_of
from crisis_plan.evaluation.room.reading import is_readable
from crisis_plan.evaluation.room.working import SHOWN_BESIDE, working
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.web.htmx import done

bp = Blueprint("debriefs", __name__)
bp.context_processor(lambda: {"blame_free": BLAME_FREE})

INDEX = "evaluation/room/index.html"
SHOW = "evaluation/room/show.html"
VALIDATED = "evaluation/room/validated.html"


@bp.get("/")
@requires(Permission.READ_DEBRIEF)
def index(cpts: Cpts) -> ResponseReturnValue:
    """What is being written on top, then what was validated; an institution sees what is shared with it."""
    prepares = can(Permission.PREPARE_DEBRIEF)
    return render_template(
        INDEX,
        being_written=queries.being_written(cpts) if prepares else (),
        unopened=listing.unopened(cpts) if prepares else None,
        page=listing.validated(cpts, current_roles(), request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number),
        awaited=awaited,
        today=clock.today(cpts),
    )


@bp.get("/<uuid:debrief_id>")
@requires(Permission.READ_DEBRIEF)
def show(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    """The page on which it is written; once validated, what was frozen."""
    debrief = queries.whole_or_404(cpts, debrief_id)
    if not is_readable(debrief, current_roles()):
        abort(404)
    if debrief.is_validated:
        document = document_of(debrief, clock.now())
        return render_template(
            VALIDATED, debrief=debrief, document=document, as_blocks=said, figures=figures_of(document)
        )
    return render_template(
        SHOW,
        debrief=debrief,
        work=working(cpts, debrief, clock.now()),
        kinds=FindingKind,
        headings=Heading,
        shown_beside=SHOWN_BESIDE,
    )


@bp.post("/crises/<uuid:crisis_id>")
@requires(Permission.PREPARE_DEBRIEF)
def open(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Asked twice, it is opened once."""
    debrief = opening.open_of_crisis(crisis_or_404(cpts, crisis_id), by=current_user, at=clock.now())
    return opened(debrief)


@bp.post("/exercices/<uuid:exercise_id>")
@requires(Permission.PREPARE_DEBRIEF)
def open_exercise(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    """Asked twice, it is opened once."""
    exercise = exercise_or_404(cpts, exercise_id)
    return opened(opening.open_of_exercise(cpts, exercise, by=current_user, at=clock.now()))


def opened(debrief: Debrief) -> ResponseReturnValue:
    return done(
        otherwise=url_for(".show", debrief_id=debrief.id), said="Le bilan est ouvert\u00a0: commencez par les dates."
    )
