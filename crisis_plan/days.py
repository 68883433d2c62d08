"""One day of a CPTS: whom to call, what is published, how far the plan is, what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import clock, to_do
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
from crisis_plan.distribution import queries as distribution
from crisis_plan.distribution.sentences import distribution_tasks, standing_of
from crisis_plan.due import Due
from crisis_plan.evaluation.debriefs import queries as debriefs
from crisis_plan.evaluation.debriefs.reviewed import Reviewed, reviewed
from crisis_plan.evaluation.follow_up.sentences import debrief_tasks, improvement_tasks, undecided_tasks
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.funding.claims.sentences import claim_tasks
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
from crisis_plan.yearly_update.deadlines import queries as deadlines
from crisis_plan.yearly_update.deadlines.rules import DeadlineKind
from crisis_plan.yearly_update.deadlines.sentences import deadline_tasks
from crisis_plan.yearly_update.room import queries as yearly_update
from crisis_plan.yearly_update.room.sentences import update_asked
from crisis_plan.yearly_update.signatures import queries as signatures

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

    now: datetime
    current: Publication | None
    on_duty: Mapping[Rank, OnDuty]
    held: Sequence[stock.HeldItem]
    judged: Sequence[Judged]
    learnt: Sequence[Reviewed]
    plan: Overview


def day(cpts: Cpts, now: datetime, *, can: Callable[[Permission], bool]) -> Day:
    """Every room asked once, and only what this person may do something about."""
    today = clock.local(now, cpts).date()
    current, on_duty, place = publication.current(cpts), referents.on_duty(cpts, today), crisis_cell.place(cpts)
    held, judged, learnt = stock.held_items(cpts, today), risks.risks(cpts), reviewed(cpts)
    known = {
        "referent": referents.missing_in(on_duty),
        "risques": missing_risks(judged),
        "lieu-cellule": lacks_of_place(place),
        "retex": learning.lacking(learnt, exercises.rehearsed(cpts, today), today),
    }
    read = _Read(now, current, on_duty, held, judged, learnt, plan.overview(cpts, today, known=known))
    return Day(
        current=current,
        provisional=None if current else publication.latest_provisional(cpts),
        on_duty=on_duty,
        place=place,
        running=calls.running(cpts),
        plan=read.plan,
        agenda=agenda((*_of_the_plan(cpts, today, read, can), *_of_the_rooms(cpts, today, read)), today),
    )


def _of_the_plan(cpts: Cpts, today: date, read: _Read, can: Callable[[Permission], bool]) -> Iterator[Due]:
    """What the plan, its versions, those who read them and its money wait for."""
    missing = read.plan.missing
    is_ready = not missing and read.current is None and can(Permission.PUBLISH_PLAN)
    yield from to_do.sections(missing)
    yield from to_do.first_publication(is_ready=is_ready)
    yield from _update(cpts, read.current, today)
    in_the_contract = (one for one in deadlines.deadlines_of(cpts, today) if one.kind is not DeadlineKind.UPDATE)
    yield from deadline_tasks(in_the_contract, cpts, today)
    if read.current:
        known = distribution.whole_register(cpts, read.current, read.now)
        yield from distribution_tasks(standing_of(read.current, known, read.now))
    if can(Permission.PREPARE_CLAIM):
        yield from claim_tasks(cpts)
    yield from to_do.opinions(opinions.waiting(cpts) if can(Permission.READ_PROVISIONAL) else 0)


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


def _update(cpts: Cpts, current: Publication | None, today: date) -> Iterator[Due]:
    """The update of the version in force, told once though it is a deadline too; none is due before a first one."""
    if current and (due := yearly_update.due_of(cpts, current, today)).is_near(today):
        asked = update_asked(due, signatures.count_standing(current), current.name, today)
        yield from (asked,) if asked else ()
