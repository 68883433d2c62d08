"""The figures of a debrief, counted from what the crisis room and the logbook hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.anticipation.exercises import invitations, measures
from crisis_plan.evaluation.figures import course, entries, exercise, means, work
from crisis_plan.evaluation.figures.reckoned import Reckoned, reckoned
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey
from crisis_plan.evaluation.figures.silences import limits_in_words
from crisis_plan.evaluation.figures.wording import cited
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.crisis_calls import queries as crisis_calls
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.messages import queries as messages
from crisis_plan.pilotage.mobilisation.counts import actions_of, people_of
from crisis_plan.pilotage.mobilisation.wording import PURPOSE, PURPOSE_OF_EXERCISE
from crisis_plan.pilotage.needs import queries as needs
from crisis_plan.pilotage.stock_out import queries as stock_out
from crisis_plan.pilotage.tasks import queries as tasks

if TYPE_CHECKING:
    from crisis_plan.anticipation.exercises.models import Exercise
    from crisis_plan.evaluation.debriefs.models import Debrief


def figures(
    debrief: Debrief, now: datetime, *, only: FigureKey | None = None, read: Reckoned | None = None
) -> tuple[Figure, ...]:
    """Every figure of this debrief in the order in which they are read, or only this one; none that it has not.

    `read`: what the page has already asked. Twenty statements at most, however long the logbook.
    """
    here = read or reckoned(debrief, now)
    if here:
        return tuple(count(here) for key, count in OF_A_CRISIS.items() if only in (None, key))
    if debrief.exercise:
        played, cpts = debrief.exercise, debrief.cpts
        return tuple(count(cpts, played) for key, count in OF_AN_EXERCISE.items() if only in (None, key))
    return ()


def _duration(here: Reckoned) -> Figure:
    return course.duration(here.crisis, here.rows, here.now, here.cpts)


def _facts(here: Reckoned) -> Figure:
    return course.facts(here.facts, here.cpts)


def _levels(here: Reckoned) -> Figure:
    return course.levels(here.rows, here.crisis, here.cpts)


def _communes(here: Reckoned) -> Figure:
    told = cited(one for one in here.rows if one.kind is EntryKind.ALERT)
    return means.communes(here.touched, needs.needs(here.crisis), told)


def _entries(here: Reckoned) -> Figure:
    return entries.entries(here.tallies)


def _silences(here: Reckoned) -> Figure:
    return entries.silent(here.silences, limits_in_words(here.watches), here.cpts)


def _tasks(here: Reckoned) -> Figure:
    return work.tasks([row.task for row in tasks.everything(here.crisis, here.now)])


def _cell_reached(here: Reckoned) -> Figure:
    lists = [work.Called(one.call_list.audience, one.results) for one in crisis_calls.measured(here.crisis)]
    first = calls.first_reached_at(here.crisis.id) if lists else None
    return work.cell_reached(here.crisis.opened_at, lists, first, here.rows)


def _messages(here: Reckoned) -> Figure:
    return work.messages(here.rows, messages.sent(here.crisis, here.now))


def _professionals(here: Reckoned) -> Figure:
    return means.professionals(people_of(here.times, here.carried_out), here.until, _purpose(here))


def _actions(here: Reckoned) -> Figure:
    return means.actions(actions_of(here.carried_out), here.until, _purpose(here))


def _purpose(here: Reckoned) -> str:
    """What the two counts are for: of an exercise, no claim."""
    return PURPOSE_OF_EXERCISE if here.crisis.is_exercise else PURPOSE


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
