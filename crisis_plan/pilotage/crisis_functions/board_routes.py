"""The functions of a crisis on screen: the board, one function, and what one does to them in one gesture."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import duty, queries, serving
from crisis_plan.pilotage.crisis_functions.following import seconds, still_stands
from crisis_plan.pilotage.crisis_functions.forms import TakeForm
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction
from crisis_plan.pilotage.crisis_functions.rules import end_of_night
from crisis_plan.pilotage.crisis_functions.services import Person
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.web.htmx import done, invalid, is_htmx, page_or_block

bp = Blueprint("crisis_functions", __name__)

INDEX = "pilotage/crisis_functions/index.html"
SHOW = "pilotage/crisis_functions/show.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    return render_template(INDEX, **shown(crises.crisis_or_404(cpts, crisis_id)))


@bp.get("/suivi")
@requires(Permission.READ_WORKING_DATA)
def follow(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The board again where an entry, a call or the clock changed it; 204 when it still stands."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    if not is_htmx():
        return redirect(url_for(".index", crisis_id=crisis.id))
    has_answers = request.args.get("appels", type=int) != calls.mark(crisis.id)
    if crisis.is_open and not has_answers and still_stands(request.args, logbook.last_number(crisis), clock.now()):
        return "", 204
    return page_or_block(INDEX, "changes", swapped=True, **shown(crisis))


@bp.get("/<uuid:function_id>/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts, crisis_id: UUID, function_id: UUID) -> ResponseReturnValue:
    crisis = crises.crisis_or_404(cpts, crisis_id)
    return render_template(SHOW, **beside(crisis, queries.function_or_404(crisis, function_id)))


@bp.post("/<uuid:function_id>/prendre")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def take(cpts: Cpts, crisis_id: UUID, function_id: UUID) -> ResponseReturnValue:
    """« Je prends cette fonction »."""
    crisis, form, now = crises.crisis_or_404(cpts, crisis_id), TakeForm(), clock.now()
    function = queries.function_or_404(crisis, function_id)
    if not form.validate():
        return invalid(SHOW, status=409, is_taken=True, **beside(crisis, function))
    try:
        serving.take_function(
            crisis, function, oneself(cpts), seen_version=form.seen, key=form.key, by=current_user, at=now
        )
    except Stale:
        return invalid(SHOW, status=409, is_taken=True, **beside(crisis, function))
    return done(otherwise=back(crisis, function), said=f"Vous tenez la fonction «\u00a0{function.name}\u00a0».")


@bp.post("/services/<uuid:shift_id>/confirmer")
@requires(Permission.WRITE_LOGBOOK)
def confirm(cpts: Cpts, crisis_id: UUID, shift_id: UUID) -> ResponseReturnValue:
    """Someone says that this person is at their post."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    shift = queries.shift_or_404(crisis, shift_id)
    serving.confirm(crisis, shift, by=current_user, at=clock.now())
    return done(otherwise=back(crisis, shift.function), said=f"{shift.name} est à son poste\u00a0: c’est noté.")


def shown(crisis: Crisis) -> dict[str, Any]:
    """The board, what it tells, and what the page asks with to know whether it still stands."""
    now = clock.now()
    last, called, board = logbook.last_number(crisis), calls.mark(crisis.id), queries.board(crisis, now)
    until = seconds(duty.next_change(board, now))
    hours = Hours(crisis.cpts, now)
    return {
        "crisis": crisis,
        "board": board,
        "night": duty.night_in(board, end_of_night(now, crisis.cpts), hours),
        "reliefs": duty.reliefs_in(board, now),
        "held": queries.held_in(board, current_user, crisis),
        "hours": hours,
        "now": now,
        "follow_url": url_for(".follow", crisis_id=crisis.id, after=last, appels=called, jusque=until),
    }


def beside(crisis: Crisis, function: CrisisFunction) -> dict[str, Any]:
    """What the page of a function shows."""
    now = clock.now()
    page = queries.page_of_shifts(function, request.args.get("page", 1, type=int))
    one = queries.one_now(crisis, function, now)
    return {
        "crisis": crisis,
        "one": one,
        "function": function,
        "page": page,
        "page_url": lambda number: url_for(".show", crisis_id=crisis.id, function_id=function.id, page=number),
        "held": queries.held_in([one], current_user, crisis),
        "now": now,
    }


def oneself(cpts: Cpts) -> Person:
    """Whoever is signed in, by their own line of the directory where they have one."""
    own = (one.contact_id for one in current_user.memberships if one.cpts_id == cpts.id)
    contact_id = next((one for one in own if one), None)
    if contact_id is None:
        return Person(current_user.name, account_id=current_user.id)
    contact = directory.contact_or_404(cpts, contact_id)
    telephone = next((phone.number for phone in contact.phones_direct_first), "")
    return Person(contact.name, telephone, contact_id=contact.id, account_id=current_user.id)


def back(crisis: Crisis, function: CrisisFunction) -> str:
    """Where a gesture comes back to: the crisis page when it came from there, else the board."""
    page = "cpts.room.show" if request.args.get("depuis") == "salle" else ".index"
    return url_for(page, crisis_id=crisis.id, _anchor=f"fonction-{function.id}")
