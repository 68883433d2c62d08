"""The two headings of a debrief that are a text, and who keeps it until when. The same blueprint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import prose
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs import texts
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import Heading
from crisis_plan.evaluation.debriefs.texts import WrittenHeading
from crisis_plan.evaluation.room.drafts import draft_or_404
from crisis_plan.evaluation.room.figure_routes import bp
from crisis_plan.evaluation.room.forms import CourseForm, TextForm
from crisis_plan.evaluation.room.working import words_of_the_log
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

TEXT = "evaluation/room/text.html"
COURSE = "evaluation/room/course.html"
DESCRIPTION, LESSONS = WrittenHeading.DESCRIPTION, WrittenHeading.LESSONS


@bp.get("/<uuid:debrief_id>/description")
@requires(Permission.PREPARE_DEBRIEF)
def description(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    """The text of the logbook is where one begins."""
    debrief = draft_or_404(cpts, debrief_id)
    around = writing(debrief, DESCRIPTION)
    return render_template(TEXT, form=TextForm.of(debrief, DESCRIPTION, around["proposed"]), **around)


@bp.post("/<uuid:debrief_id>/description")
@requires(Permission.PREPARE_DEBRIEF)
def save_description(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    return save_text(draft_or_404(cpts, debrief_id), DESCRIPTION)


@bp.post("/<uuid:debrief_id>/description/journal")
@requires(Permission.PREPARE_DEBRIEF)
def restore_description(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    """Heading 1 is again what the logbook says; refused when somebody wrote since it was asked."""
    debrief, form = draft_or_404(cpts, debrief_id), TextForm(DESCRIPTION)
    texts.write(debrief, DESCRIPTION, "", seen=form.seen_version.data or 0, by=current_user, at=clock.now())
    return written(debrief, DESCRIPTION, "La description est de nouveau celle du journal.")


@bp.get("/<uuid:debrief_id>/enseignements")
@requires(Permission.PREPARE_DEBRIEF)
def lessons(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief = draft_or_404(cpts, debrief_id)
    return render_template(TEXT, form=TextForm.of(debrief, LESSONS, ""), **writing(debrief, LESSONS))


@bp.post("/<uuid:debrief_id>/enseignements")
@requires(Permission.PREPARE_DEBRIEF)
def save_lessons(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    return save_text(draft_or_404(cpts, debrief_id), LESSONS)


@bp.get("/<uuid:debrief_id>/dates")
@requires(Permission.PREPARE_DEBRIEF)
def dates(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief = draft_or_404(cpts, debrief_id)
    return render_template(COURSE, debrief=debrief, form=CourseForm.of(cpts, debrief), stored=None)


@bp.post("/<uuid:debrief_id>/dates")
@requires(Permission.PREPARE_DEBRIEF)
def save_dates(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief = draft_or_404(cpts, debrief_id)
    form = CourseForm(cpts, debrief)
    if not form.validate():
        return invalid(COURSE, debrief=debrief, form=form, stored=None)
    owner, day, seen = form.owner(), form.report_on.day, form.seen_version.data or 0
    try:
        texts.set_course(debrief, owner, day, seen=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(texts.mark_of_course(debrief))
        return invalid(COURSE, status=409, debrief=debrief, form=form, stored=form.beside(debrief))
    return done(otherwise=url_for(".show", debrief_id=debrief_id), said="Le responsable et la date sont enregistrés.")


def save_text(debrief: Debrief, heading: WrittenHeading) -> ResponseReturnValue:
    """Save a heading; what the logbook says, left as it is, goes on following the logbook."""
    form, around = TextForm(heading), writing(debrief, heading)
    if not form.validate():
        return invalid(TEXT, form=form, **around)
    typed, seen = form.text.data or "", form.seen_version.data or 0
    text = "" if typed == around["proposed"].strip() else typed
    try:
        texts.write(debrief, heading, text, seen=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(texts.mark_of_text(debrief, heading))
        return invalid(TEXT, status=409, form=form, **{**around, "is_stale": True})
    return written(debrief, heading, "Le texte est enregistré.")


def written(debrief: Debrief, heading: WrittenHeading, said: str) -> ResponseReturnValue:
    return done(otherwise=url_for(".show", debrief_id=debrief.id, _anchor=heading.anchor), said=said)


def writing(debrief: Debrief, heading: WrittenHeading) -> dict[str, Any]:
    """What the page shows around the form of a heading."""
    return {
        "debrief": debrief,
        "heading": Heading(heading.value),
        "anchor": heading.anchor,
        "proposed": words_of_the_log(debrief, clock.now()) if heading is DESCRIPTION else "",
        "as_blocks": prose.blocks,
        "is_stale": False,
    }
