"""The time line of a crisis, for its debrief: what its figures count, drawn by the clock.

Neither the drawing nor its table repeats what somebody typed, but the names of the levels: they hold in both editions, and
an order that erases the content of an entry has nothing to find there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import TimeLine
from crisis_plan.document.lanes import Curve, Lane
from crisis_plan.evaluation.figures import happenings
from crisis_plan.evaluation.figures.axis import HOUR, Axis
from crisis_plan.evaluation.figures.course import level_steps
from crisis_plan.evaluation.figures.engaged import at_once, on_axis
from crisis_plan.evaluation.figures.happenings import Happening
from crisis_plan.evaluation.figures.silences import silences, threshold
from crisis_plan.evaluation.figures.time_lanes import lanes
from crisis_plan.evaluation.figures.time_table import time_table
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.facts.rules import standing
from crisis_plan.pilotage.logbook import reckoning
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.mobilisation import queries as mobilisation
from crisis_plan.pilotage.mobilisation.counts import people_of

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief
    from crisis_plan.pilotage.crises.models import Crisis

KINDS = (
    EntryKind.ACTIVATION,
    EntryKind.LEVEL,
    EntryKind.DECISION,
    EntryKind.MESSAGE,
    EntryKind.SITUATION_REPORT,
    EntryKind.STAND_DOWN,
)
MARGIN = 0.2
"""How much of its length a crisis may add to the axis before and after it: what is further away stands at the edge."""
ENGAGED = "Professionnels engagés"
Steps = Sequence[tuple[datetime, int]]


def time_line(debrief: Debrief, now: datetime) -> TimeLine | None:
    """What the logbook tells, drawn; none for an exercise of the programme, where no logbook was kept.

    Four statements, however long the logbook, beside the crisis and its CPTS.
    """
    crisis = debrief.crisis
    if crisis is None:
        return None
    over_at = crisis.stood_down_at or crisis.closed_at or now
    happened = _happened(crisis, over_at)
    start, end = _bounds(crisis, over_at, [one.at for one in happened], now)
    name = f"Frise de {'l’exercice' if crisis.is_exercise else 'la crise'}"
    axis = Axis(start, end, debrief.cpts)
    return told(name, happened, _engaged(crisis, now), axis, threshold(crisis.silence_minutes))


def told(name: str, happened: Sequence[Happening], steps: Steps, axis: Axis, longer_than: timedelta) -> TimeLine:
    """The block that tells this on this axis; `steps`: from each moment on, how many people were at work."""
    by_day = happenings.engaged(steps, axis)
    curve = Curve(ENGAGED, on_axis(steps, axis.position), "au plus en même temps") if steps else None
    nobody = () if curve else (Lane(ENGAGED, empty="Aucun temps noté."),)
    return TimeLine(
        caption=name,
        starts=axis.whole_words(axis.start),
        ends=axis.whole_words(axis.end),
        ticks=axis.ticks(),
        lanes=(*lanes(happened, axis, longer_than), *nobody),
        curve=curve,
        table=time_table([*happened, *by_day], axis),
    )


def _happened(crisis: Crisis, over_at: datetime) -> list[Happening]:
    rows = [one for one in reckoning.marked(crisis, KINDS) if one.kind in KINDS]
    stages = happenings.stages(rows)
    silent = silences(
        reckoning.written(crisis, threshold(crisis.silence_minutes)),
        threshold(crisis.silence_minutes),
        since=crisis.opened_at,
        until=over_at,
    )
    return [
        *happenings.facts(standing(facts.facts(crisis))),
        *stages,
        *happenings.levels(level_steps(rows, crisis), stages, over_at),
        *happenings.decisions(rows),
        *happenings.messages(rows),
        *happenings.reports(rows),
        *happenings.silent(silent),
    ]


def _engaged(crisis: Crisis, now: datetime) -> Steps:
    """From each moment on, how many distinct people were at work."""
    until = mobilisation.counted_until(crisis, now)
    return at_once(person.intervals(until) for person in people_of(mobilisation.counted_times(crisis), ()))


def _bounds(crisis: Crisis, over_at: datetime, moments: Sequence[datetime], now: datetime) -> tuple[datetime, datetime]:
    """From the opening to the closing, or to what was noted before and after when it is near enough to be drawn."""
    room = max((over_at - crisis.opened_at) * MARGIN, HOUR)
    first = min([crisis.opened_at, *(at for at in moments if at >= crisis.opened_at - room)])
    return first, min(max(over_at, crisis.closed_at or now), over_at + room)
