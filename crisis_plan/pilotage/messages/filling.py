"""What the tool writes by itself in a message of a crisis."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import clock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication.blanks import Blank
from crisis_plan.pilotage.communication.values import known_values
from crisis_plan.pilotage.crises.models import Crisis


def crisis_values(cpts: Cpts, crisis: Crisis, now: datetime) -> dict[str, str]:
    """By blank, what is known at this hour; the place is where the cell sits now. Statements of `known_values`."""
    here = clock.local(now, cpts)
    found = known_values(cpts, here.date()) | {
        Blank.TITLE.value: crisis.title,
        Blank.LEVEL.value: crisis.level_name,
        Blank.TIME.value: f"{here:%H:%M}",
    }
    return found | ({Blank.CELL_PLACE.value: crisis.place} if crisis.place else {})
