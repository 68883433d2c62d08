"""Keeping the booklet: read again, copied, put in order, removed. The same blueprint as the cards."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses import operations, queries
from crisis_plan.adaptation.responses.coverage import coverage, left_uncovered
from crisis_plan.adaptation.responses.routes import SHOW, bp, on_the_page
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]


@bp.post("/<uuid:card_id>/relue")
@requires(Permission.EDIT_PLAN)
def mark_reread(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    """Only of the text that the button stood beside: changed meanwhile, it is shown again, to be read first."""
    card = queries.outline_or_404(cpts, card_id)
    seen, today = request.form.get("seen", ""), clock.today(cpts)
    try:
        operations.mark_reread(card, seen=seen, on=today, by=current_user, at=clock.now())
    except Stale:
        shown = on_the_page(cpts, queries.card_or_404(cpts, card_id))
        return invalid(SHOW, status=409, **shown | {"is_changed": True})
    return done(otherwise=url_for(".show", card_id=card.id), said="Cette fiche est relue d’aujourd’hui.")


@bp.post("/<uuid:card_id>/copier")
@requires(Permission.EDIT_PLAN)
@creates_once
def copy(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    made = operations.copy(cpts, queries.card_or_404(cpts, card_id), by=current_user, at=clock.now())
    said = "Voici la copie, à la fin du livret\u00a0: donnez-lui son titre."
    return done(otherwise=url_for(".edit", card_id=made.id), said=said)


@bp.get("/ordre")
@requires(Permission.EDIT_PLAN)
def order(cpts: Cpts) -> ResponseReturnValue:
    """The titles alone, to be put in order."""
    return render_template("adaptation/responses/order.html", titles=queries.titles(cpts))


@bp.post("/<uuid:card_id>/<any(monter, descendre):direction>")
@requires(Permission.EDIT_PLAN)
def move(cpts: Cpts, card_id: UUID, direction: str) -> ResponseReturnValue:
    card = queries.outline_or_404(cpts, card_id)
    operations.move(cpts, card, up=direction == "monter", by=current_user, at=clock.now())
    return done(otherwise=url_for(".order", _anchor=f"fiche-{card.id}"))


@bp.get("/<uuid:card_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_removal(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    """What else names the card, and which types would be left without any."""
    card, known = queries.outline_or_404(cpts, card_id), queries.cards(cpts)
    left = left_uncovered(coverage(known, queries.uncovered(cpts)), card)
    return render_template("adaptation/responses/remove.html", card=card, left=left)


@bp.post("/<uuid:card_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove(cpts: Cpts, card_id: UUID) -> ResponseReturnValue:
    operations.remove(queries.card_or_404(cpts, card_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index"), said="La fiche est retirée du livret.")
