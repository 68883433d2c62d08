"""The first page of a CPTS: what to do in an alert, what is published, what the day asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from crisis_plan import clock, to_do
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.places import queries as places
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.adaptation.risks import queries as risks
from crisis_plan.adaptation.risks.rules import missing as missing_risks
from crisis_plan.adaptation.risks.rules import reviews_due
from crisis_plan.anticipation.campaigns import letters
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.exercises import queries as exercises
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.document.inline import safe_href
from crisis_plan.opinions import queries as opinions
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import queries as neighbours
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.rules import bridge_href, lacks_of_place
from crisis_plan.plan import queries as plan
from crisis_plan.publication import queries as publication
from crisis_plan.publication.deadlines import Due, update_due

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication

bp = Blueprint("dashboard", __name__)


@bp.get("/")
@requires(Permission.READ_PLAN)
def show(cpts: Cpts) -> ResponseReturnValue:
    """An adherent goes straight to their own cards, who reads for an institution to the published plan."""
    if not can(Permission.READ_WORKING_DATA):
        return redirect(url_for("cpts.own_cards.index" if can(Permission.READ_OWN_CARDS) else "cpts.publication.index"))
    today = clock.today(cpts)
    current, on_duty, place = publication.current(cpts), referents.on_duty(cpts, today), crisis_cell.place(cpts)
    held, judged = stock.held_items(cpts, today), risks.risks(cpts)
    due = due_after(current, cpts, today) if current else None
    return render_template(
        "dashboard.html",
        plan=plan.overview(
            cpts,
            today,
            known={
                "referent": referents.missing_in(on_duty),
                "risques": missing_risks(judged),
                "lieu-cellule": lacks_of_place(place),
            },
        ),
        current=current,
        running=calls.running(cpts),
        provisional=None if current else publication.latest_provisional(cpts),
        on_duty=on_duty,
        ranks=Rank,
        place=place,
        video_href=safe_href(place.video) if place else "",
        bridge_href=bridge_href(place.telephone_bridge) if place else "",
        tasks=to_do.all_of(
            to_do.update(due, today),
            to_do.referents(on_duty, referents.days_ahead(cpts, today), today),
            to_do.opinions(opinions.waiting(cpts) if can(Permission.READ_PROVISIONAL) else 0),
            to_do.corrections(letters.waiting_corrections(cpts)),
            to_do.stock(stock.counts(held)),
            to_do.counts(stock.counts_to_do(held)),
            to_do.places(places.to_check(cpts, today)),
            to_do.cards(responses.unread(cpts)),
            to_do.neighbours(neighbours.to_check(cpts, today)),
            to_do.risks(reviews_due(judged, today)),
            to_do.exercises(exercises.standings(cpts, today), exercises.untold(cpts, today)),
            to_do.directory(directory.overview(cpts, today)),
        ),
    )


def due_after(current: Publication, cpts: Cpts, today: date) -> Due:
    """When the plan is to be updated, and why."""
    return update_due(published_on=current.dated_on, mission_started_on=cpts.mission_started_on, today=today)
