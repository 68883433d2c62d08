"""Opening the calls of a communications test. The same blueprint as `programme_routes`."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.exercises import measures, queries
from crisis_plan.anticipation.exercises.document_routes import bp
from crisis_plan.anticipation.exercises.drill_form import OpenTestForm
from crisis_plan.anticipation.exercises.measures import TestPlan
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import audience
from crisis_plan.pilotage.calls.choices import Audience
from crisis_plan.pilotage.calls.invitations import NoMailServer
from crisis_plan.pilotage.calls.operations import NobodyToCall
from crisis_plan.pilotage.calls.rules import Channel
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

OPEN = "anticipation/exercises/open_test.html"


@bp.get("/<uuid:exercise_id>/test-de-communication")
@requires(Permission.WRITE_LOGBOOK)
def prepare_test(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise = queries.exercise_or_404(cpts, exercise_id)
    if exercise.call_list_id:
        return redirect(url_for("cpts.calls.show", list_id=exercise.call_list_id))
    form = OpenTestForm(directory.filter_choices(cpts), formdata=None)
    form.audience.data, form.channel.data = Audience.ADHERENTS.value, Channel.TELEPHONE.value
    return render_template(OPEN, form=form, exercise=exercise)


@bp.post("/<uuid:exercise_id>/test-de-communication")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def open_test(cpts: Cpts, exercise_id: UUID) -> ResponseReturnValue:
    exercise, form = queries.exercise_or_404(cpts, exercise_id), OpenTestForm(directory.filter_choices(cpts))
    if not form.validate():
        return invalid(OPEN, form=form, exercise=exercise)
    try:
        list_id = measures.open_test(cpts, exercise, chosen(cpts, form), by=current_user, at=clock.now())
    except (NobodyToCall, NoMailServer) as refusal:
        form.form_errors.append(str(refusal))
        return invalid(OPEN, form=form, exercise=exercise)
    said = "Le test est ouvert\u00a0: le temps court."
    return done(otherwise=url_for("cpts.calls.show", list_id=list_id), said=said)


def chosen(cpts: Cpts, form: OpenTestForm) -> TestPlan:
    """The people that the form stands for today."""
    choice = form.choice()
    people = audience.people(cpts, choice, clock.today(cpts))
    return TestPlan(choice.in_words, people.contacts, Channel(form.channel.data), form.message.data or "")
