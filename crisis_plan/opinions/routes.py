"""Opinions on a version, on screen: all of them, one conversation, their printed history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.errors import Stale
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.once import creates_once
from crisis_plan.opinions import listing, operations, paper, queries, speakers
from crisis_plan.opinions.forms import AnswerForm, FollowingForm, ReplyForm
from crisis_plan.opinions.listing import WHOLE, Filters
from crisis_plan.opinions.models import Opinion
from crisis_plan.opinions.rules import Standing
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import private_pdf
from crisis_plan.web.htmx import done, invalid, page_or_block
from crisis_plan.web.pages import page_of_list

bp = Blueprint("opinions", __name__)

INDEX = "opinions/index.html"
SHOW = "opinions/show.html"


@bp.get("/")
@requires(Permission.READ_PROVISIONAL)
def index(cpts: Cpts) -> ResponseReturnValue:
    """What every reader said of every version; what waits for the CPTS first."""
    known, filters = queries.opinions(cpts), asked_filters()
    return page_or_block(
        INDEX,
        "found",
        page=page_of_list(listing.matching(known, filters), request.args.get("page", 1, type=int)),
        page_url=lambda number: url_for(".index", page=number, **dict[str, Any](filters.address)),
        filters=filters,
        choices=listing.choices(known),
        states=list(Standing),
        whole=WHOLE,
        counts=listing.counts(known),
        total=len(known),
    )


@bp.get("/historique.pdf")
@requires(Permission.READ_PROVISIONAL)
def as_pdf(cpts: Cpts) -> Response:
    """The whole of what was said, as far as the filters keep it, to print or to file."""
    today = clock.today(cpts)
    history = paper.history(cpts, queries.opinions(cpts), asked_filters(), today)
    return private_pdf(leaflet.render(history, Edition.RESTRICTED), file_name=f"avis_{cpts.slug}_{today}.pdf")


@bp.get("/<uuid:opinion_id>/")
@requires(Permission.READ_PROVISIONAL)
def show(cpts: Cpts, opinion_id: UUID) -> ResponseReturnValue:
    opinion = queries.opinion_or_404(cpts, opinion_id)
    form = following_form().after(opinion) if speakers.may_continue(current_user, cpts, opinion) else None
    return render_template(SHOW, **conversation(cpts, opinion, form))


@bp.post("/<uuid:opinion_id>/")
@requires(Permission.READ_PROVISIONAL)
@creates_once
def reply(cpts: Cpts, opinion_id: UUID) -> ResponseReturnValue:
    opinion, form = queries.opinion_or_404(cpts, opinion_id), following_form()()
    if not speakers.may_continue(current_user, cpts, opinion):
        raise operations.ConversationOfAnother
    if not form.validate():
        return invalid(SHOW, **conversation(cpts, opinion, form))
    try:
        operations.reply(cpts, opinion, form.words(), seen=form.seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_after(opinion)
        return invalid(SHOW, status=Stale.status, **conversation(cpts, opinion, form) | {"is_outrun": True})
    return done(said="Votre message est envoyé.", otherwise=url_for(".show", opinion_id=opinion.id))


def conversation(cpts: Cpts, opinion: Opinion, form: FollowingForm | None) -> dict[str, Any]:
    """What the page of an opinion shows; what came of it, to those who decide."""
    decides = can(Permission.PREPARE_DEBRIEF)
    made = improvements.of_sources(cpts, opinion_ids=[opinion.id]).get(opinion.id, ()) if decides else ()
    return {
        "opinion": opinion,
        "form": form,
        "is_outrun": False,
        "improvements": made,
        "today": clock.today(cpts),
    }


def following_form() -> type[FollowingForm]:
    """The CPTS answers, a reader says where they now stand."""
    return AnswerForm if can(Permission.EDIT_PLAN) else ReplyForm


def asked_filters() -> Filters:
    """The filters of the address; what is not known is no filter."""
    state = request.args.get("etat", "")
    return Filters(
        standing=Standing(state) if state in list(Standing) else None,
        version=request.args.get("version", "")[:36],
        section=asked_section(),
        body=request.args.get("auteur", "")[:160],
    )


def asked_section() -> str | None:
    """The key of the asked section; « plan » is the plan as a whole, which has none."""
    asked = request.args.get("rubrique", "")[:40]
    return "" if asked == WHOLE else asked or None
