"""The figures of a debrief, counted from what the crisis room and the logbook hold."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.evaluation.figures.rules import Figure, FigureKey

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief


def figures(debrief: Debrief, now: datetime, *, only: FigureKey | None = None) -> tuple[Figure, ...]:
    """Every figure of this debrief in the order in which they are read, or only this one."""
    return ()
