"""Communications tests whose calls are over: each was held, whether or not the programme planned or tells of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import queries as call_lists

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallList


@dataclass(frozen=True)
class Drill:
    """A test that is over, on its day at the CPTS's clock."""

    list_id: uuid.UUID
    title: str
    day: date
    calls: CallList


def over(cpts: Cpts) -> Sequence[Drill]:
    """Every test whose calls are over, the latest first; one statement."""
    tests = call_lists.closed_tests(cpts)
    return [Drill(one.id, one.title, clock.local(one.opened_at, cpts).date(), one) for one in tests]


def days(drills: Sequence[Drill]) -> dict[uuid.UUID | None, date]:
    """The day of each list that is over."""
    return {one.list_id: one.day for one in drills}
