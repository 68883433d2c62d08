"""The figures of a debrief, counted from what the crisis room and the logbook hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crisis_plan.anticipation.exercises import invitations, measures
from crisis_plan.evaluation.figures import course, entries, exercise, means, work
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey
from crisis_plan.evaluation.figures.silences import silences, threshold
from crisis_plan.evaluation.figures.wording import cited
from crisis_plan.folding import folded
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls import queries as crisis_calls
from crisis_plan.pilotage.crisis_calls.wording import OF_A_LIST
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.logbook import reckoning
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.messages import queries as messages
from crisis_plan.pilotage.mobilisation import queries as mobilisation
from crisis_plan.pilotage.mobilisation.counts import actions_of, people_of
from crisis_plan.pilotage.mobilisation.wording import PURPOSE, PURPOSE_OF_EXERCISE
from crisis_plan.pilotage.needs import queries as needs
from crisis_plan.pilotage.stock_out import queries as stock_out
from crisis_plan.pilotage.tasks import queries as tasks

if TYPE_CHECKING:
    from crisis_plan.anticipation.exercises.models import Exercise
    from crisis_plan.evaluation.debriefs.models import Debrief
    from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent

KINDS = (
    EntryKind.ALERT,
    EntryKind.ACTIVATION,
    EntryKind.LEVEL,
    EntryKind.DECISION,
    EntryKind.MESSAGE,
    EntryKind.SITUATION_REPORT,
    EntryKind.STAND_DOWN,
    EntryKind.CLOSING,
)
"""The entries that a figure counts one by one."""


@dataclass(frozen=True)
class Reckoned:
    """A crisis as its figures are counted: what several of them rest on is asked once."""

    cpts: Cpts
    crisis: Crisis
    now: datetime

    @cached_property
    def rows(self) -> list[reckoning.Marked]:
        return reckoning.marked(self.crisis, KINDS, actions_beginning_with=folded(OF_A_LIST))

    @cached_property
    def times(self) -> Sequence[TimeSpent]:
        return mobilisation.counted_times(self.crisis)

    @cached_property
    def carried_out(self) -> Sequence[ActionCarriedOut]:
        return mobilisation.counted_actions(self.crisis)

    @property
    def until(self) -> datetime:
        return mobilisation.counted_until(self.crisis, self.now)

    @property
    def over_at(self) -> datetime:
        """The stand-down, else the closing, else now."""
        return self.crisis.stood_down_at or self.crisis.closed_at or self.now

    @property
    def purpose(self) -> str:
        """What the two counts are for: of an exercise, no claim."""
        return PURPOSE_OF_EXERCISE if self.crisis.is_exercise else PURPOSE


def figures(debrief: Debrief, now: datetime, *, only: FigureKey | None = None) -> tuple[Figure, ...]:
    """Every figure of this debrief in the order in which they are read, or only this one; none that it has not.

    Twenty statements at most, however long the logbook.
    """
    if debrief.crisis:
        here = Reckoned(debrief.cpts, debrief.crisis, now)
        return tuple(count(here) for key, count in OF_A_CRISIS.items() if only in (None, key))
    if debrief.exercise:
        played, cpts = debrief.exercise, debrief.cpts
        return tuple(count(cpts, played) for key, count in OF_AN_EXERCISE.items() if only in (None, key))
    return ()


def _duration(here: Reckoned) -> Figure:
    return course.duration(here.crisis, here.rows, here.now, here.cpts)


def _facts(here: Reckoned) -> Figure:
    return course.facts(facts.facts(here.crisis), here.cpts)


def _levels(here: Reckoned) -> Figure:
    return course.levels(here.rows, here.crisis, here.cpts)


def _communes(here: Reckoned) -> Figure:
    alert = crises.alert(here.crisis)
    touched = [one.name for one in communes.communes(alert.communes)] if alert else []
    told = cited(one for one in here.rows if one.kind is EntryKind.ALERT)
    return means.communes(touched, needs.needs(here.crisis), told)


def _entries(here: Reckoned) -> Figure:
    return entries.entries(reckoning.tallies(here.crisis))


def _silences(here: Reckoned) -> Figure:
    longer_than = threshold(here.crisis.silence_minutes)
    written = reckoning.written(here.crisis, longer_than)
    found = silences(written, longer_than, since=here.crisis.opened_at, until=here.over_at)
    return entries.silent(found, longer_than, here.cpts)


def _tasks(here: Reckoned) -> Figure:
    return work.tasks([row.task for row in tasks.everything(here.crisis, here.now)])


def _cell_reached(here: Reckoned) -> Figure:
    lists = [work.Called(one.call_list.audience, one.results) for one in crisis_calls.measured(here.crisis)]
    first = calls.first_reached_at(here.crisis.id) if lists else None
    return work.cell_reached(here.crisis.opened_at, lists, first, here.rows)


def _messages(here: Reckoned) -> Figure:
    return work.messages(here.rows, messages.sent(here.crisis, here.now))


def _professionals(here: Reckoned) -> Figure:
    return means.professionals(people_of(here.times, here.carried_out), here.until, here.purpose)


def _actions(here: Reckoned) -> Figure:
    return means.actions(actions_of(here.carried_out), here.until, here.purpose)


def _stock(here: Reckoned) -> Figure:
    taken = []
    for one in stock_out.gone(here.crisis):
        item, entry = one.batch.item, one.movement.entry
        told = Cited(entry.part, entry.number)
        taken.append(means.Taken(item.id, item.name, item.unit, one.quantity, one.is_reversed, told))
    return means.stock(taken, is_exercise=here.crisis.is_exercise)


OF_A_CRISIS: Mapping[FigureKey, Callable[[Reckoned], Figure]] = {
    FigureKey.DURATION: _duration,
    FigureKey.FACTS: _facts,
    FigureKey.LEVELS: _levels,
    FigureKey.COMMUNES: _communes,
    FigureKey.ENTRIES: _entries,
    FigureKey.DECISIONS: lambda here: entries.decisions(here.rows, here.cpts),
    FigureKey.WITHOUT_REASON: lambda here: entries.without_reason(here.rows),
    FigureKey.LATE: lambda here: entries.late(here.rows, here.crisis.late_after_minutes),
    FigureKey.SILENCES: _silences,
    FigureKey.FLAGGED: lambda here: entries.flagged(here.rows),
    FigureKey.TASKS: _tasks,
    FigureKey.CELL_REACHED: _cell_reached,
    FigureKey.MESSAGES: _messages,
    FigureKey.SITUATION_REPORTS: lambda here: entries.reports(here.rows, here.cpts),
    FigureKey.PROFESSIONALS: _professionals,
    FigureKey.ACTIONS: _actions,
    FigureKey.STOCK: _stock,
}


def _attendance(_cpts: Cpts, played: Exercise) -> Figure:
    return exercise.attendance(invitations.attendance(played))


def _answers(cpts: Cpts, played: Exercise) -> Figure:
    measured = measures.measured(cpts, played)
    return exercise.answers(measured.results if measured else None)


OF_AN_EXERCISE: Mapping[FigureKey, Callable[[Cpts, Exercise], Figure]] = {
    FigureKey.ATTENDANCE: _attendance,
    FigureKey.ANSWERS: _answers,
}
