"""The tasks of a crisis on screen: the list, what follows it, a tick, the list on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.crisis_functions.following import seconds, still_stands
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.tasks import paper, queries, ticks, wording
from crisis_plan.pilotage.tasks.forms import TickForm
from crisis_plan.pilotage.tasks.rows import Filters
from crisis_plan.pilotage.tasks.rules import Shown, TaskState
from crisis_plan.web.downloads import private_pdf
from crisis_plan.web.htmx import done, is_htmx, page_or_block

bp = Blueprint("crisis_tasks", __name__)

INDEX = "pilotage/tasks/index.html"
JUST_BEFORE = timedelta(microseconds=1)
"""Every duty ends at the closing: who held a function then held it until that moment."""
GESTURES = {"faite": TaskState.DONE, "engagee": TaskState.STARTED}


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    return page_or_block(INDEX, "found", **shown(crises.crisis_or_404(cpts, crisis_id)))


@bp.get("/suivi")
@requires(Permission.READ_WORKING_DATA)
def follow(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The list again where an entry or the clock changed it; 204 when it still stands."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    if not is_htmx():
        return redirect(url_for(".index", crisis_id=crisis.id))
    if crisis.is_open and still_stands(request.args, logbook.last_number(crisis), clock.now()):
        return "", 204
    return page_or_block(INDEX, "changes", swapped=True, **shown(crisis))


@bp.post("/<uuid:task_id>/<any(faite, engagee):geste>")
@requires(Permission.WRITE_LOGBOOK)
def tick(cpts: Cpts, crisis_id: UUID, task_id: UUID, geste: str) -> ResponseReturnValue:
    """One gesture, known by its key: sent twice or late it is accepted, and says what was there already.

    To the script of the page it is said at once: nothing is left to be said by a later page.
    """
    crisis, form, now = crises.crisis_or_404(cpts, crisis_id), TickForm(), clock.now()
    task = queries.task_or_404(crisis, task_id)
    gesture = form.tick(GESTURES[geste])
    is_new = ticks.tick(crisis, task, gesture, by=current_user, at=now)
    said = f"{task.state.label}\u00a0: {task.text}" if is_new else wording.already(task, cpts)
    if is_htmx():
        return render_template("pilotage/tasks/_ticked.html", said=said)
    flash(said, "success" if is_new else "info")
    return done(otherwise=back(crisis))


@bp.get("/liste.pdf")
@requires(Permission.READ_WORKING_DATA)
def print_list(cpts: Cpts, crisis_id: UUID) -> Response:
    """What is still to be done, by function, with boxes to tick by hand; of a closed crisis, as it was at its closing."""
    crisis, now = crises.crisis_or_404(cpts, crisis_id), clock.now()
    stood = crisis.closed_at - JUST_BEFORE if crisis.closed_at else now
    document = paper.task_list(cpts, crisis, queries.everything(crisis, stood), at=crisis.closed_at or now)
    content = leaflet.render(document, Edition.RESTRICTED)
    prefix = "EXERCICE_" if crisis.is_exercise else ""
    return private_pdf(content, file_name=f"{prefix}taches_{cpts.slug}_{clock.local(now, cpts):%Y-%m-%d_%Hh%M}.pdf")


def shown(crisis: Crisis) -> dict[str, Any]:
    """The list that the address asks for, and what the page asks with to know whether it still stands."""
    now = clock.now()
    last, board = logbook.last_number(crisis), crisis_functions.functions(crisis)
    filters, number = asked(crisis), request.args.get("page", 1, type=int)
    page = queries.page_of_tasks(crisis, filters, now, number)
    address = {"crisis_id": crisis.id, **filters.address}
    until = seconds(queries.next_due_at(crisis, now))
    return {
        "crisis": crisis,
        "page": page,
        "page_url": lambda number: url_for(".index", page=number, **address),
        "counts": queries.counts(crisis, now),
        "filters": filters,
        "back": {**filters.address, "page": page.number if page.number > 1 else None},
        "functions": board,
        "states": list(Shown),
        "cares": list(CareKind),
        "hours": Hours(crisis.cpts, now),
        "now": now,
        "follow_url": url_for(".follow", page=page.number, after=last, jusque=until, **address),
    }


def asked(crisis: Crisis) -> Filters:
    """The filters of the address; what is not known is no filter."""
    state, care = request.args.get("etat", ""), request.args.get("soin", "")
    is_mine = request.args.get("qui") == "moi"
    held = crisis_functions.functions_of(crisis, current_user, clock.now()) if is_mine else ()
    return Filters(
        held=[one.id for one in held] if is_mine else None,
        function_id=request.args.get("fonction", type=UUID),
        shown=Shown(state) if state in list(Shown) else None,
        care=CareKind(care) if care in list(CareKind) else None,
    )


def back(crisis: Crisis) -> str:
    """Where a gesture comes back to: the crisis page when it came from there, else the list as it was narrowed."""
    if request.args.get("depuis") == "salle":
        return url_for("cpts.room.show", crisis_id=crisis.id, _anchor="taches")
    kept = {name: request.args[name] for name in ("qui", "fonction", "etat", "soin", "page") if name in request.args}
    return url_for(".index", crisis_id=crisis.id, **dict[str, Any](kept))
