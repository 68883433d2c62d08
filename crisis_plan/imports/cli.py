"""What the daily purge does to imports."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.imports import operations


def purge(now: datetime) -> int:
    """Forget what was typed in imports older than 30 days; how many reports were deleted or emptied."""
    return operations.purge(at=now)
