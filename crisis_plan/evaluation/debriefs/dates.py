"""What a debrief still awaits, and when: its meetings, then its validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crisis_plan.evaluation.debriefs.rules import Meeting

REPORT = "Validation du bilan"


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
