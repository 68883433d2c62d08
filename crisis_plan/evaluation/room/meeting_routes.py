"""The three meetings of a debrief on screen. The same blueprint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs import meetings
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefMeeting
from crisis_plan.evaluation.room.drafts import draft_or_404
from crisis_plan.evaluation.room.forms import MeetingForm
from crisis_plan.evaluation.room.text_routes import bp
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

MEETING = "evaluation/room/meeting.html"
AT = "/<uuid:debrief_id>/retours/<meeting>"


@bp.get(AT)
@requires(Permission.PREPARE_DEBRIEF)
def meeting(cpts: Cpts, debrief_id: UUID, meeting: str) -> ResponseReturnValue:
    debrief = draft_or_404(cpts, debrief_id)
    found = meeting_or_404(debrief, meeting)
    form = MeetingForm.of(cpts, debrief, found)
    return render_template(MEETING, debrief=debrief, meeting=found, address=meeting, form=form, stored=None)


@bp.post(AT)
@requires(Permission.PREPARE_DEBRIEF)
def save_meeting(cpts: Cpts, debrief_id: UUID, meeting: str) -> ResponseReturnValue:
    debrief = draft_or_404(cpts, debrief_id)
    found = meeting_or_404(debrief, meeting)
    form = MeetingForm(cpts, debrief, found)
    context: dict[str, Any] = {"debrief": debrief, "meeting": found, "address": meeting, "form": form}
    if not form.validate():
        return invalid(MEETING, stored=None, **context)
    seen, today = form.seen_version.data or 0, clock.today(cpts)
    try:
        meetings.tell(debrief, found, form.told(), seen_version=seen, today=today, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(found.version)
        return invalid(MEETING, status=409, stored=form.beside(found), **context)
    said = f"{found.meeting.label}\u00a0: c’est enregistré."
    return done(otherwise=url_for(".show", debrief_id=debrief_id, _anchor="retours"), said=said)


def meeting_or_404(debrief: Debrief, address: str) -> DebriefMeeting:
    return next((one for one in debrief.meetings if one.meeting.address == address), None) or abort(404)
