"""The crises of a CPTS, and the page of one: what happens, what to do, who does it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from jinja2_fragments.flask import render_block

from crisis_plan import clock
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation import durations
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.crisis_functions.duty import deciders
from crisis_plan.pilotage.devices.queries import unsent_elsewhere
from crisis_plan.pilotage.logbook.forms import EntryForm
from crisis_plan.pilotage.room import live, queries, reaching, wording
from crisis_plan.web.htmx import is_htmx

bp = Blueprint("room", __name__)
bp.context_processor(lambda: {"in_words": durations.in_words, "every": durations.every})

INDEX = "pilotage/room/index.html"
SHOW = "pilotage/room/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts) -> ResponseReturnValue:
    """What is under way on top, then what is over."""
    return render_template(
        INDEX,
        under_way=crises.open_crises(cpts),
        page=crises.page_of_closed(cpts, request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number),
        now=clock.now(),
        ago=wording.ago,
        modes=Mode,
    )


@bp.get("/<uuid:crisis_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, now = crises.crisis_or_404(cpts, crisis_id), clock.now()
    parts = queries.whole(crisis, current_user, now)
    return render_template(
        SHOW,
        **beside(crisis, now),
        **parts,
        call_list=(call_list := reaching.lines(parts["functions"])),
        told=reaching.told(crisis, parts["newest"]),
        cell_sms=reaching.sms_to_all(parts["functions"], crisis),
        is_just_open="prevenir" in request.args,
        is_calling="prevenir" in request.args or reaching.is_unanswered(crisis, call_list),
        entry_form=EntryForm(
            formdata=None, deciders=deciders((one.function.name, one.names) for one in parts["functions"])
        ),
        debrief=None if crisis.is_open else debriefs.of_crisis(cpts, crisis.id),
        unsent=unsent_elsewhere(crisis, current_user.id, now),
        seen_at=live.as_carried(now),
    )


@bp.get("/<uuid:crisis_id>/suivi")
@requires(Permission.READ_WORKING_DATA)
def follow(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The parts that changed since what is on the screen; 204 when none did."""
    crisis, now = crises.crisis_or_404(cpts, crisis_id), clock.now()
    if not is_htmx():
        return redirect(url_for(".show", crisis_id=crisis_id))
    shown = live.shown(request.args, now)
    parts = live.changes(crisis, shown, current_user, now)
    if parts is None and crisis.is_open:
        return "", 204
    parts = parts or live.still(crisis, shown.seen_at, now)
    written: str = parts.pop("news", "")
    parts["seen_at"] = live.as_carried(parts["seen_at"])
    return render_block(SHOW, "changes", **beside(crisis, now), **parts) + written


def beside(crisis: Crisis, now: datetime) -> dict[str, Any]:
    """What every part of the page may need."""
    return {
        "crisis": crisis,
        "now": now,
        "ago": wording.ago,
        "writes": crisis.is_open and can(Permission.WRITE_LOGBOOK),
    }
