"""What amounts depend on: the situation of the CPTS, and what the CPAM answered to each doubt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.funding import answers, queries, situations
from crisis_plan.funding.doubts import doubt_sentence
from crisis_plan.funding.forms import AnswerForm, MajorationAnswerForm, SituationForm
from crisis_plan.funding.lines import Doubt
from crisis_plan.funding.offers import survey
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.queries import territory
from crisis_plan.web.downloads import attachment
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

bp = Blueprint("funding", __name__)

EDIT = "funding/edit_situation.html"
ANSWER = "funding/answer.html"


@bp.get("/situation")
@requires(Permission.PREPARE_CLAIM)
def situation(cpts: Cpts) -> ResponseReturnValue:
    known = queries.situation_of(cpts, clock.today(cpts))
    return render_template("funding/situation.html", situation=known, territory=territory(cpts))


@bp.get("/situation/modifier")
@requires(Permission.PREPARE_CLAIM)
def edit_situation(cpts: Cpts) -> ResponseReturnValue:
    return render_template(EDIT, form=SituationForm.of(queries.stored_situation(cpts)), stored=None)


@bp.post("/situation/modifier")
@requires(Permission.PREPARE_CLAIM)
def save_situation(cpts: Cpts) -> ResponseReturnValue:
    form, today = SituationForm(), clock.today(cpts)
    if not form.validate():
        return invalid(EDIT, form=form, stored=None)
    try:
        seen = form.seen_version.data or 0
        situations.say(cpts, form.told(), seen_version=seen, today=today, by=current_user, at=clock.now())
    except situations.SituationRefused as refusal:
        form[refusal.field].errors = [str(refusal)]
        return invalid(EDIT, form=form, stored=None)
    except Stale:
        stored = queries.stored_situation(cpts) or abort(404)
        form.reopen_at(stored.version)
        return invalid(EDIT, status=409, form=form, stored=form.beside(stored))
    return done(otherwise=url_for(".situation"), said="La situation est enregistrée.")


@bp.get("/reponses-de-la-cpam")
@requires(Permission.PREPARE_CLAIM)
def show_answers(cpts: Cpts) -> ResponseReturnValue:
    """Every doubt, and the last word of the CPAM on it; what it said before stays readable."""
    known = survey(cpts, clock.today(cpts), ())
    return render_template(
        "funding/answers.html",
        doubts=sorted(Doubt, key=lambda one: one not in known.doubts),
        concerned=known.doubts,
        sentence_of=doubt_sentence,
        answers=known.situation.answers,
        history=queries.every_answer(cpts),
    )


@bp.get("/reponses-de-la-cpam/<doubt>/consigner")
@requires(Permission.PREPARE_CLAIM)
def write_answer(cpts: Cpts, doubt: str) -> ResponseReturnValue:
    about = doubt_or_404(doubt)
    return render_template(ANSWER, form=form_of(about)(formdata=None), **on_doubt(about))


@bp.post("/reponses-de-la-cpam/<doubt>/consigner")
@requires(Permission.PREPARE_CLAIM)
@creates_once
def record_answer(cpts: Cpts, doubt: str) -> ResponseReturnValue:
    about = doubt_or_404(doubt)
    form = form_of(about)()
    if not form.validate():
        return invalid(ANSWER, form=form, **on_doubt(about))
    try:
        answers.record(cpts, form.given(about), today=clock.today(cpts), by=current_user, at=clock.now())
    except (UploadRefused, answers.AnswerRefused) as refusal:
        form.refuse(refusal)
        return invalid(ANSWER, form=form, **on_doubt(about))
    return done(otherwise=url_for(".show_answers"), said="La réponse de la CPAM est consignée.")


@bp.get("/reponses-de-la-cpam/documents/<uuid:document_id>")
@requires(Permission.PREPARE_CLAIM)
def answer_document(cpts: Cpts, document_id: UUID) -> Response:
    """The exact bytes, to keep."""
    document = queries.answer_document_or_404(cpts, document_id)
    return attachment(document.content, media_type=document.media_type, file_name=document.file_name)


def doubt_or_404(address: str) -> Doubt:
    """The doubt of this address."""
    return next((one for one in Doubt if one.address == address), None) or abort(404)


def form_of(doubt: Doubt) -> type[AnswerForm]:
    return MajorationAnswerForm if doubt is Doubt.MAJORATION else AnswerForm


def on_doubt(doubt: Doubt) -> dict[str, Any]:
    return {"doubt": doubt, "sentence": doubt_sentence(doubt)}
