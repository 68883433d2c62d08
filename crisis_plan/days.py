"""One day of a CPTS: whom to call, what is published, how far the plan is, what there is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan import to_do
from crisis_plan.adaptation.places import queries as places
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.adaptation.risks import queries as risks
from crisis_plan.adaptation.risks.rules import missing as missing_risks
from crisis_plan.adaptation.risks.rules import reviews_due
from crisis_plan.anticipation.campaigns import letters
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.exercises import activations
from crisis_plan.anticipation.exercises import queries as exercises
from crisis_plan.anticipation.exercises.rules import Standing
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.queries import OnDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.debriefs.reviewed import Reviewed, reviewed
from crisis_plan.evaluation.follow_up.sentences import debrief_tasks, improvement_tasks, undecided_tasks
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.opinions import queries as opinions
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.neighbours import queries as neighbours
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.calls.queries import Progress
from crisis_plan.pilotage.communication import queries as communication
from crisis_plan.pilotage.communication.rules import reading_due
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.rules import lacks_of_place
from crisis_plan.plan import learning
from crisis_plan.plan import queries as plan
from crisis_plan.plan.rules import Overview
from crisis_plan.publication import queries as publication
from crisis_plan.publication.deadlines import Due, update_due

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_cell.models import CellPlace
    from crisis_plan.publication.models import Publication


@dataclass(frozen=True)
class Day:
    """What the first page shows."""

    current: Publication | None
    provisional: Publication | None
    """The last one shown for advice, while nothing is in force."""
    on_duty: Mapping[Rank, OnDuty]
    place: CellPlace | None
    running: Sequence[Progress]
    plan: Overview
    tasks: Sequence[to_do.Task]


def day(cpts: Cpts, today: date, *, reads_opinions: bool) -> Day:
    """Every room asked once; what two answers need is read once for both."""
    current, on_duty, place = publication.current(cpts), referents.on_duty(cpts, today), crisis_cell.place(cpts)
    held, judged, learnt = stock.held_items(cpts, today), risks.risks(cpts), reviewed(cpts)
    known = {
        "referent": referents.missing_in(on_duty),
        "risques": missing_risks(judged),
        "lieu-cellule": lacks_of_place(place),
        "retex": learning.lacking(learnt, exercises.rehearsed(cpts, today), today),
    }
    return Day(
        current=current,
        provisional=None if current else publication.latest_provisional(cpts),
        on_duty=on_duty,
        place=place,
        running=calls.running(cpts),
        plan=plan.overview(cpts, today, known=known),
        tasks=to_do.all_of(
            to_do.update(_due_after(current, cpts, today), today),
            to_do.referents(on_duty, referents.days_ahead(cpts, today), today),
            to_do.opinions(opinions.waiting(cpts) if reads_opinions else 0),
            to_do.lessons(debrief_tasks(debriefs.being_written(cpts), today)),
            to_do.lessons(undecided_tasks(debriefs.undecided(cpts))),
            to_do.lessons(improvement_tasks(improvements.still_open(cpts), today)),
            to_do.corrections(letters.waiting_corrections(cpts)),
            to_do.stock(stock.counts(held)),
            to_do.counts(stock.counts_to_do(held)),
            to_do.places(places.to_check(cpts, today)),
            to_do.cards(responses.unread(cpts), responses.numbers_to_find(cpts, today)),
            to_do.messages(reading_due(communication.unread(cpts))),
            to_do.neighbours(neighbours.to_check(cpts, today)),
            to_do.risks(reviews_due(judged, today)),
            to_do.exercises(_pace(cpts, today, learnt), exercises.untold(cpts, today)),
            to_do.directory(directory.overview(cpts, today)),
        ),
    )


def _pace(cpts: Cpts, today: date, learnt: Sequence[Reviewed]) -> Sequence[Standing]:
    """What the pace of the exercises asks, of the debriefs that are read already."""
    return exercises.standings(cpts, today, activations=activations.of(learnt))


def _due_after(current: Publication | None, cpts: Cpts, today: date) -> Due | None:
    """When the version in force is to be updated, and why; nothing is due before a first one."""
    if current is None:
        return None
    return update_due(published_on=current.dated_on, mission_started_on=cpts.mission_started_on, today=today)
