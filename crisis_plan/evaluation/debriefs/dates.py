"""What a debrief still awaits, and when: its meetings, then its validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.rules import Meeting
from crisis_plan.web.formats import long_date

REPORT = "Validation du bilan"


class BeforeTheEnd(RuleBroken):
    """A meeting, or the report, on a day when what it reviews was not over."""

    status = 422

    def __init__(self, over_on: date) -> None:
        super().__init__()
        self.over_on = over_on

    def __str__(self) -> str:
        return f"Ce jour est avant la fin, le {long_date(self.over_on)}\u00a0: indiquez ce jour-là ou un jour suivant."


def refuse_before(over_on: date, *days: date | None) -> None:
    """Nothing is reviewed before it is over. Raises `BeforeTheEnd`."""
    if any(day and day < over_on for day in days):
        raise BeforeTheEnd(over_on)


class PlannedMeeting(Protocol):
    """When a meeting is planned, and whether it was held."""

    @property
    def meeting(self) -> Meeting: ...
    @property
    def planned_on(self) -> date | None: ...
    @property
    def held_on(self) -> date | None: ...


class Scheduled(Protocol):
    """A debrief, as far as its dates go."""

    @property
    def report_on(self) -> date: ...
    @property
    def is_validated(self) -> bool: ...
    @property
    def meetings(self) -> Sequence[PlannedMeeting]: ...


@dataclass(frozen=True, order=True)
class Awaited:
    """Something that is to take place by a day."""

    day: date
    what: str

    def is_late(self, today: date) -> bool:
        """Whether its day is over."""
        return self.day < today


def awaited(debrief: Scheduled) -> list[Awaited]:
    """What is still to come, the first day first; nothing once validated."""
    if debrief.is_validated:
        return []
    meetings = [
        Awaited(one.planned_on, one.meeting.label) for one in debrief.meetings if one.planned_on and not one.held_on
    ]
    return [*sorted(meetings), Awaited(debrief.report_on, REPORT)]
