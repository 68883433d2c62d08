"""The feed that a calendar application reads, without an account."""

from __future__ import annotations

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from crisis_plan import clock
from crisis_plan.access.guard import public
from crisis_plan.calendars import feed, queries
from crisis_plan.calendars.contributors import all_dates
from crisis_plan.calendars.rules import within_reach
from crisis_plan.web.links import identity_in

bp = Blueprint("calendar_feeds", __name__)

CLOSED = "Cette adresse de calendrier ne répond plus : elle a été retirée, ou son compte n’a plus accès à la CPTS."


@bp.get("/<token>.ics")
@public
def read(token: str) -> ResponseReturnValue:
    """Signed, not revoked, and its account still has the right; says in plain words when it has ended."""
    identity = identity_in(feed.PURPOSE, token)
    found = queries.feed_with_id(identity) if identity else None
    if found is None:
        abort(404)
    if not queries.is_open(found):
        return Response(CLOSED, 410, content_type="text/plain; charset=utf-8")
    today = clock.today(found.cpts)
    return feed.file_of(found.cpts, within_reach(all_dates(found.cpts, today), today))
