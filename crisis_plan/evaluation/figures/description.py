"""What happened, from the alert to the closing, as the logbook tells it: heading 1 of a debrief."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.evaluation.figures.rules import Figure

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief


def description(debrief: Debrief, figures: Sequence[Figure], now: datetime) -> str:
    """Heading 1 in light Markdown, drawn from the crisis and from these figures (all of them)."""
    return ""
