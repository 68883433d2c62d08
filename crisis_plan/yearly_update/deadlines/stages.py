"""At which points before and after a deadline people are reminded of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from crisis_plan.months import add_months

MONTH, WEEK, DAY = "month", "week", "day"
BEFORE = (MONTH, WEEK, DAY)
LATE = "late-"
"""« late-3 »: the third week after it."""
DAYS_OF_WEEK = 7


def stage_due(due_on: date, today: date, sent: Collection[str]) -> str | None:
    """The stage to write today; none where it was written, or a later one.

    Only the latest stage that has come counts: after a month without cron, one reminder leaves, the earlier ones
    never do.
    """
    stage = stage_reached(due_on, today)
    if stage is None or any(rank(one) >= rank(stage) for one in sent):
        return None
    return stage


def stage_reached(due_on: date, today: date) -> str | None:
    """The latest stage that has come: one month, one week, one day before, then one for each week after."""
    late = (today - due_on).days
    if late > 0:
        return f"{LATE}{(late - 1) // DAYS_OF_WEEK + 1}"
    if late >= -1:
        return DAY
    if late >= -DAYS_OF_WEEK:
        return WEEK
    return MONTH if today >= add_months(due_on, -1) else None


def rank(stage: str) -> int:
    """The order in which stages come."""
    return BEFORE.index(stage) if stage in BEFORE else len(BEFORE) + int(stage.removeprefix(LATE))
