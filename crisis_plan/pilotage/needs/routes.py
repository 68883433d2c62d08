"""The board of needs by commune."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.paper import file_name
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.needs import operations, paper, queries
from crisis_plan.pilotage.needs.forms import AnswerForm, EditNeedForm, NewNeedForm
from crisis_plan.pilotage.needs.rules import NeedState
from crisis_plan.web.downloads import private_pdf
from crisis_plan.web.htmx import done, invalid, page_or_block

bp = Blueprint("needs", __name__)

INDEX = "pilotage/needs/index.html"
ANSWER = "pilotage/needs/answer.html"
EDIT = "pilotage/needs/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def index(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """The board; to a live page, 204 when nothing was noted since what it shows."""
    crisis = crisis_or_404(cpts, crisis_id)
    after = request.args.get("after", type=int)
    last = logbook.last_number(crisis)
    if after is not None and after == last:
        return "", 204
    return page_or_block(INDEX, "live", form=NewNeedForm(cpts, formdata=None), **board(crisis, last))


@bp.post("/")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def note(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis, form = crisis_or_404(cpts, crisis_id), NewNeedForm(cpts)
    if not form.validate():
        return invalid(INDEX, form=form, **board(crisis, logbook.last_number(crisis)))
    operations.note(crisis, form.need(), key=form.key, by=current_user, at=clock.now())
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="Le besoin est noté.")


@bp.get("/<uuid:need_id>/repondre")
@requires(Permission.WRITE_LOGBOOK)
def answering(cpts: Cpts, crisis_id: UUID, need_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    need = queries.need_or_404(crisis, need_id)
    form = AnswerForm(formdata=None, state=need.state.value, word=need.answer)
    return render_template(ANSWER, crisis=crisis, need=need, form=form)


@bp.post("/<uuid:need_id>/repondre")
@requires(Permission.WRITE_LOGBOOK)
@creates_once
def answer(cpts: Cpts, crisis_id: UUID, need_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    need, form = queries.need_or_404(crisis, need_id), AnswerForm()
    if not form.validate():
        return invalid(ANSWER, crisis=crisis, need=need, form=form)
    state = NeedState(form.state.data)
    operations.answer(crisis, need, state, form.word.data or "", key=form.key, by=current_user, at=clock.now())
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said=f"{need.commune}\u00a0: {state.label.lower()}.")


@bp.get("/<uuid:need_id>/modifier")
@requires(Permission.WRITE_LOGBOOK)
def edit(cpts: Cpts, crisis_id: UUID, need_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    need = queries.need_or_404(crisis, need_id)
    return render_template(EDIT, crisis=crisis, need=need, form=EditNeedForm.of(cpts, need), is_stale=False)


@bp.post("/<uuid:need_id>/modifier")
@requires(Permission.WRITE_LOGBOOK)
def save(cpts: Cpts, crisis_id: UUID, need_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    need, form = queries.need_or_404(crisis, need_id), EditNeedForm(cpts)
    if not form.validate():
        return invalid(EDIT, crisis=crisis, need=need, form=form, is_stale=False)
    seen = form.seen_version.data or 0
    try:
        operations.rewrite(crisis, need, form.need(), seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(need.version)
        return invalid(EDIT, status=409, crisis=crisis, need=need, form=form, is_stale=True)
    return done(otherwise=url_for(".index", crisis_id=crisis_id), said="Le besoin est réécrit.")


@bp.get("/besoins.pdf")
@requires(Permission.READ_WORKING_DATA)
def pdf(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    sheet = paper.needs_paper(cpts, crisis, queries.board(crisis), logbook.last(crisis), at=clock.now())
    return private_pdf(leaflet.render(sheet, Edition.RESTRICTED), file_name=file_name(cpts, crisis, "besoins", "pdf"))


def board(crisis: Crisis, last: int) -> dict[str, Any]:
    """What the page shows beside its form."""
    shows_all = request.args.get("tout") == "1"
    found = queries.needs(crisis)
    shown = found if shows_all else [need for need in found if need.state.is_open]
    return {
        "crisis": crisis,
        "last_number": last,
        "shows_all": shows_all,
        "boards": queries.grouped(shown),
        "care_totals": queries.care_totals(found),
        "closed_count": sum(not need.state.is_open for need in found),
    }
