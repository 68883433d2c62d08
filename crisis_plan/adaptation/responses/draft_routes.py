"""The shipped drafts, to be read and taken. The same blueprint as the cards."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses.draft_forms import TakeDraftsForm
from crisis_plan.adaptation.responses.draft_texts import DRAFTS
from crisis_plan.adaptation.responses.part_routes import bp
from crisis_plan.adaptation.responses.taking import DraftsRefused, take_drafts
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

PAGE = "adaptation/responses/drafts.html"


@bp.get("/proposees")
@requires(Permission.EDIT_PLAN)
def choose_drafts(cpts: Cpts) -> ResponseReturnValue:
    shown = on_the_page(cpts)
    return render_template(PAGE, form=TakeDraftsForm.all_but(shown["taken"]), **shown)


@bp.post("/proposees")
@requires(Permission.EDIT_PLAN)
@creates_once
def take(cpts: Cpts) -> ResponseReturnValue:
    form = TakeDraftsForm()
    if not form.validate():
        return refused(cpts, form)
    try:
        cards = take_drafts(cpts, form.drafts.data or (), by=current_user, at=clock.now())
    except DraftsRefused as refusal:
        form.refuse(refusal)
        return refused(cpts, form)
    said = f"{counted(len(cards), 'fiche prise', 'fiches prises')}\u00a0: relisez-la avec ceux qui s’en serviront."
    return done(otherwise=url_for(".index"), said=said if len(cards) == 1 else said.replace("-la", "-les"))


def refused(cpts: Cpts, form: TakeDraftsForm) -> ResponseReturnValue:
    """The page again, as it stands now, with what was ticked."""
    shown = on_the_page(cpts)
    form.offer_all_but(shown["taken"])
    return invalid(PAGE, form=form, **shown)


def on_the_page(cpts: Cpts) -> dict[str, Any]:
    """The drafts, the card that each became, and the functions as this CPTS calls them."""
    called = {function.key: function.name for function in crisis_cell.functions_alone(cpts)}
    return {
        "drafts": DRAFTS,
        "taken": {card.draft: card for card in queries.cards(cpts) if card.draft},
        "function_names": {function.key: called.get(function.key, function.name) for function in PROPOSED},
    }
