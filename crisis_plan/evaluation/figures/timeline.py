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
from crisis_plan.evaluation.figures.reckoned import Reckoned, reckoned
from crisis_plan.evaluation.figures.silences import shortest
from crisis_plan.evaluation.figures.time_lanes import lanes
from crisis_plan.evaluation.figures.time_table import time_table
from crisis_plan.pilotage.facts.rules import standing
from crisis_plan.pilotage.mobilisation.counts import people_of

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief

MARGIN = 0.2
"""How much of its length a crisis may add to the axis before and after it: what is further away stands at the edge."""
ENGAGED = "Professionnels engagés"
Steps = Sequence[tuple[datetime, int]]


def time_line(debrief: Debrief, now: datetime, *, read: Reckoned | None = None) -> TimeLine | None:
    """What the logbook tells, drawn; none for an exercise of the programme, where no logbook was kept.

    `read`: what the page has already asked. Four statements, however long the logbook, beside the crisis and its CPTS.
    """
    here = read or reckoned(debrief, now)
    if here is None:
        return None
    happened = _happened(here)
    start, end = _bounds(here, [one.at for one in happened])
    name = f"Frise de {'l’exercice' if here.crisis.is_exercise else 'la crise'}"
    return told(name, happened, _engaged(here), Axis(start, end, here.cpts), shortest(here.watches))


def told(
    name: str, happened: Sequence[Happening], steps: Steps, axis: Axis, shortest_silence: timedelta | None
) -> TimeLine:
    """The block that tells this on this axis; `steps`: from each moment on, how many people were at work."""
    by_day = happenings.engaged(steps, axis)
    curve = Curve(ENGAGED, on_axis(steps, axis.position), "au plus en même temps") if steps else None
    nobody = () if curve else (Lane(ENGAGED, empty="Aucun temps noté."),)
    return TimeLine(
        caption=name,
        starts=axis.whole_words(axis.start),
        ends=axis.whole_words(axis.end),
        ticks=axis.ticks(),
        lanes=(*lanes(happened, axis, shortest_silence), *nobody),
        curve=curve,
        table=time_table([*happened, *by_day], axis),
    )


def _happened(here: Reckoned) -> list[Happening]:
    stages = happenings.stages(here.rows)
    return [
        *happenings.facts(standing(here.facts)),
        *stages,
        *happenings.levels(level_steps(here.rows, here.crisis), stages, here.over_at),
        *happenings.decisions(here.rows),
        *happenings.messages(here.rows),
        *happenings.reports(here.rows),
        *happenings.silent(here.silences),
    ]


def _engaged(here: Reckoned) -> Steps:
    """From each moment on, how many distinct people were at work."""
    return at_once(person.intervals(here.until) for person in people_of(here.times, ()))


def _bounds(here: Reckoned, moments: Sequence[datetime]) -> tuple[datetime, datetime]:
    """From the opening to the closing, or to what was noted before and after when it is near enough to be drawn."""
    crisis, over_at = here.crisis, here.over_at
    room = max((over_at - crisis.opened_at) * MARGIN, HOUR)
    first = min([crisis.opened_at, *(at for at in moments if at >= crisis.opened_at - room)])
    return first, min(max(over_at, crisis.closed_at or here.now), over_at + room)
