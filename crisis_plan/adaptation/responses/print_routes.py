"""Action cards on paper and on a telephone, as they stand today. The same blueprint as the cards."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses import chapter, papers, queries
from crisis_plan.adaptation.responses.draft_routes import bp
from crisis_plan.adaptation.responses.phone import phone_page
from crisis_plan.adaptation.responses.reaching import held_for
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import private_pdf

__all__ = ["bp"]


@bp.get("/<uuid:card_id>/fiche.pdf")
@requires(Permission.READ_WORKING_DATA)
def as_pdf(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    return printed_card(cpts, card_id, Edition.RESTRICTED)


@bp.get("/<uuid:card_id>/fiche-publique.pdf")
@requires(Permission.READ_WORKING_DATA)
def public_pdf(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    """Without private numbers: to be pinned up where anyone reads it."""
    return printed_card(cpts, card_id, Edition.PUBLIC)


@bp.get("/livret.pdf")
@requires(Permission.READ_WORKING_DATA)
def booklet(cpts: Cpts) -> ResponseReturnValue:
    return printed_booklet(cpts, Edition.RESTRICTED)


@bp.get("/livret-public.pdf")
@requires(Permission.READ_WORKING_DATA)
def public_booklet(cpts: Cpts) -> ResponseReturnValue:
    return printed_booklet(cpts, Edition.PUBLIC)


@bp.get("/<uuid:card_id>/telephone")
@requires(Permission.READ_WORKING_DATA)
def phone(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    """For one thumb, with a bad network."""
    card, today = queries.card_or_404(cpts, card_id), clock.today(cpts)
    shown = phone_page(chapter.page(card, held_for(cpts, card, today)))
    return render_template("adaptation/responses/phone.html", card=card, number=queries.number_of(card), shown=shown)


def printed_card(cpts: Cpts, card_id: UUID, edition: Edition) -> Response:
    card, today = queries.card_or_404(cpts, card_id), clock.today(cpts)
    number = queries.number_of(card)
    content = papers.card_paper(cpts, chapter.page(card, held_for(cpts, card, today)), number, edition, today=today)
    return private_pdf(content, file_name=papers.card_file_name(cpts, number, edition, today=today))


def printed_booklet(cpts: Cpts, edition: Edition) -> Response:
    """404 while there is no card to print."""
    today = clock.today(cpts)
    pages = chapter.pages(cpts, today) or abort(404)
    content = papers.booklet(cpts, pages, edition, today=today)
    return private_pdf(content, file_name=papers.booklet_file_name(cpts, edition, today=today))
