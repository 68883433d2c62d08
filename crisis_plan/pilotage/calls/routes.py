"""One person of a call list, in the hand of who calls. The same blueprint as `list_routes`, so the same addresses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory.telephones import is_mobile
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import attempts, queries
from crisis_plan.pilotage.calls.attempts import CalledBySomeone, NobodyLeft, NotedMeanwhile
from crisis_plan.pilotage.calls.forms import AttemptForm
from crisis_plan.pilotage.calls.list_routes import around, milliseconds, seen_at
from crisis_plan.pilotage.calls.models import CallLine, CallList
from crisis_plan.pilotage.calls.paper_routes import bp
from crisis_plan.pilotage.calls.rules import RENEWED_FOR, is_claimed
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.web.htmx import done, invalid, is_htmx

__all__ = ["bp"]

LINE = "pilotage/calls/line.html"


@bp.get("/<uuid:list_id>/personnes/<uuid:line_id>/")
@requires(Permission.READ_WORKING_DATA)
def line(cpts: Cpts, list_id: UUID, line_id: UUID) -> ResponseReturnValue:
    found = queries.line_or_404(cpts, list_id, line_id)
    return render_template(LINE, form=AttemptForm(formdata=None, seen_attempts=found.attempts_count), **beside(found))


@bp.post("/<uuid:list_id>/personnes/<uuid:line_id>/appeler")
@requires(Permission.WRITE_LOGBOOK)
def take(cpts: Cpts, list_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """Keep this person for who calls now."""
    found = queries.line_or_404(cpts, list_id, line_id)
    try:
        attempts.claim(found, by=current_user, at=clock.now())
    except CalledBySomeone as refusal:
        form = AttemptForm(formdata=None, seen_attempts=found.attempts_count)
        return invalid(LINE, status=409, form=form, **beside(found, refusal=refusal))
    return done(otherwise=url_for(".line", list_id=list_id, line_id=line_id))


@bp.post("/<uuid:list_id>/personnes/<uuid:line_id>/garder")
@requires(Permission.WRITE_LOGBOOK)
def renew(cpts: Cpts, list_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """The open page asks by itself to keep this person longer; 204 while they are still this caller's."""
    found, now = queries.line_or_404(cpts, list_id, line_id), clock.now()
    if now - seen_at(request.form.get("depuis", ""), found.call_list, now) < RENEWED_FOR:
        attempts.renew(found, by=current_user, at=now)
    shown = beside(found)
    if is_htmx() and shown["is_mine"]:
        return "", 204
    return done(LINE, "kept", otherwise=url_for(".line", list_id=list_id, line_id=line_id), lapsed=True, **shown)


@bp.post("/<uuid:list_id>/personnes/<uuid:line_id>/laisser")
@requires(Permission.WRITE_LOGBOOK)
def let_go(cpts: Cpts, list_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """Give up calling this person: anyone may take them."""
    attempts.let_go(queries.line_or_404(cpts, list_id, line_id), by=current_user)
    return done(otherwise=url_for(".show", list_id=list_id))


@bp.post("/<uuid:list_id>/personnes/<uuid:line_id>/noter")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def record(cpts: Cpts, list_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """Note what came of a call, then go on with the next person where that is asked."""
    found, form, at = queries.line_or_404(cpts, list_id, line_id), AttemptForm(), clock.now()
    if not form.validate():
        return invalid(LINE, form=form, **beside(found))
    seen = form.seen_attempts.data or 0
    try:
        attempts.record_attempt(found, form.report(cpts, at), seen_attempts=seen, by=current_user, at=at)
    except NotedMeanwhile as refusal:
        form.reopen_after(found.attempts_count)
        return invalid(LINE, status=409, form=form, **beside(found, refusal=refusal))
    said = f"{found.name}\u00a0: {found.outcome.label.lower() if found.outcome else ''}. C’est noté."
    return done(otherwise=go_on(found.call_list, said))


def go_on(call_list: CallList, said: str) -> str:
    """Where the caller goes after noting: to the next person when the button says so, else to the list."""
    flash(said, "success")
    if "suivante" in request.form:
        try:
            following = attempts.claim_next(call_list, by=current_user, at=clock.now())
        except NobodyLeft as refusal:
            flash(str(refusal), "info")
        else:
            return url_for(".line", list_id=call_list.id, line_id=following.id)
    return url_for(".show", list_id=call_list.id)


def beside(found: CallLine, *, refusal: Exception | None = None) -> dict[str, Any]:
    """What the page shows around the form."""
    now = clock.now()
    is_called = is_claimed(found.claimed_at, now)
    return {
        **around(found.call_list),
        "line": found,
        "call_list": found.call_list,
        "roles": crisis_cell.roles(found.call_list.cpts, clock.local(now, found.call_list.cpts).date()),
        "refusal": refusal,
        "is_mobile": is_mobile,
        "seen": milliseconds(now),
        "is_called": is_called,
        "is_mine": is_called and found.claimed_by_id == current_user.id,
    }
