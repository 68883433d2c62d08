"""Answering a call by one’s personal link: its GET writes nothing."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from crisis_plan import clock
from crisis_plan.access.guard import public
from crisis_plan.pilotage.calls import attempts, invitations
from crisis_plan.pilotage.calls.forms import AnswerForm
from crisis_plan.pilotage.calls.models import CallLine
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("call_answers", __name__)

ANSWER = "pilotage/calls/answer.html"
OVER = "pilotage/calls/over.html"


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    line = line_or_404(token)
    if not attempts.may_answer(line):
        return render_template(OVER, line=line, place=line.call_list.cpts), 410
    form = AnswerForm(formdata=None)
    form.fill(line, line.call_list.cpts)
    return render_template(ANSWER, form=form, line=line, place=line.call_list.cpts, token=token)


@bp.post("/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    line, form, at = line_or_404(token), AnswerForm(), clock.now()
    place = line.call_list.cpts
    if not attempts.may_answer(line):
        return render_template(OVER, line=line, place=place), 410
    if not form.validate():
        return invalid(ANSWER, form=form, line=line, place=place, token=token)
    attempts.answer(line, form.report(place, at), at=at)
    return done(otherwise=url_for(".show", token=token), said="Merci, votre réponse est enregistrée.")


def line_or_404(token: str) -> CallLine:
    """The person whose link this is."""
    return invitations.line_behind(token) or abort(404)
