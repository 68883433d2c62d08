"""Communications tests whose calls are over: each was held, whether or not the programme planned or tells of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crisis_plan import clock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import queries as call_lists


@dataclass(frozen=True)
class Drill:
    """A test that is over, on its day at the CPTS's clock."""

    list_id: uuid.UUID
    title: str
    day: date


def over(cpts: Cpts) -> Sequence[Drill]:
    """Every test whose calls are over, the latest first; one statement."""
    return [Drill(one.id, one.title, clock.local(one.opened_at, cpts).date()) for one in call_lists.closed_tests(cpts)]


def days(drills: Sequence[Drill]) -> dict[uuid.UUID | None, date]:
    """The day of each list that is over."""
    return {one.list_id: one.day for one in drills}
