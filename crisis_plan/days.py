"""One day of a CPTS: whom to call, what is published, how far the plan is, what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import clock, plan_life, to_do
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.places import queries as places
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.adaptation.risks import queries as risks
from crisis_plan.adaptation.risks.rules import first_review, reviews_due
from crisis_plan.adaptation.risks.rules import missing as missing_risks
from crisis_plan.agenda import Agenda, agenda
from crisis_plan.anticipation.campaigns import letters
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.anticipation.exercises import activations
from crisis_plan.anticipation.exercises import queries as exercises
from crisis_plan.anticipation.exercises.rules import Standing
from crisis_plan.anticipation.referents import queries as referents
from crisis_plan.anticipation.referents.queries import OnDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.due import Due
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.debriefs.reviewed import Reviewed, reviewed
from crisis_plan.evaluation.follow_up.sentences import debrief_tasks, improvement_tasks, undecided_tasks
from crisis_plan.evaluation.improvements import queries as improvements
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
from crisis_plan.plan_life import Life
from crisis_plan.publication import queries as publication

if TYPE_CHECKING:
    from crisis_plan.adaptation.risks.rules import Judged
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
    agenda: Agenda


@dataclass(frozen=True)
class _Read:
    """What two answers need, read once for both."""

    on_duty: Mapping[Rank, OnDuty]
    held: Sequence[stock.HeldItem]
    judged: Sequence[Judged]
    learnt: Sequence[Reviewed]


def day(cpts: Cpts, now: datetime, *, can: Callable[[Permission], bool]) -> Day:
    """Every room asked once, and only what this person may do something about."""
    today = clock.local(now, cpts).date()
    versions, on_duty, place = publication.written(cpts), referents.on_duty(cpts, today), crisis_cell.place(cpts)
    held, judged, learnt = stock.held_items(cpts, today), risks.risks(cpts), reviewed(cpts)
    known = {
        "referent": referents.missing_in(on_duty),
        "risques": missing_risks(judged),
        "lieu-cellule": lacks_of_place(place),
        "retex": learning.lacking(learnt, exercises.rehearsed(cpts, today), today),
    }
    life = Life(cpts, now, plan.overview(cpts, today, known=known), versions, can)
    read = _Read(on_duty, held, judged, learnt)
    return Day(
        current=life.current,
        provisional=None if life.current else publication.latest_provisional(cpts),
        on_duty=on_duty,
        place=place,
        running=calls.running(cpts),
        plan=life.plan,
        agenda=agenda((*plan_life.asked(life), *_of_the_rooms(cpts, today, read)), today),
    )


def _of_the_rooms(cpts: Cpts, today: date, read: _Read) -> Iterator[Due]:
    """What keeps people, means and lessons true."""
    held = read.held
    yield from to_do.referents(read.on_duty, referents.days_ahead(cpts, today), today)
    yield from debrief_tasks(debriefs.being_written(cpts), today)
    yield from undecided_tasks(debriefs.undecided(cpts))
    yield from improvement_tasks(improvements.still_open(cpts), today)
    yield from to_do.corrections(letters.waiting_corrections(cpts))
    yield from to_do.stock(stock.counts(held), stock.counts_to_do(held), stock.first_days(held, today))
    yield from to_do.places(places.to_check(cpts, today))
    yield from to_do.cards(responses.unread(cpts), responses.numbers_to_find(cpts, today))
    yield from to_do.messages(reading_due(communication.unread(cpts)))
    yield from to_do.neighbours(neighbours.to_check(cpts, today))
    yield from to_do.risks(reviews_due(read.judged, today), first_review(read.judged, today))
    yield from to_do.exercises(_pace(cpts, today, read.learnt), exercises.untold(cpts, today))
    yield from to_do.directory(directory.overview(cpts, today))


def _pace(cpts: Cpts, today: date, learnt: Sequence[Reviewed]) -> Sequence[Standing]:
    """What the pace of the exercises asks, of the debriefs that are read already."""
    return exercises.standings(cpts, today, activations=activations.of(learnt))
