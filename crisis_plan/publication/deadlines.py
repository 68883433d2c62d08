"""When the next update of a published plan is due. Source: domain, section 9."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crisis_plan.months import add_months

UPDATED_EVERY = 12
"""Months from one update to the next, at most."""
EARLIER = "la version antérieure"
"""A plan written elsewhere, which counts as a written plan (domain, section 3)."""
WARNED_BEFORE = 2
"""Months before its due date when an update is said to be near."""


@dataclass(frozen=True)
class Due:
    """When the next update is due, and why that day."""

    on: date
    reason: str

    def is_past(self, today: date) -> bool:
        return today > self.on

    def is_near(self, today: date) -> bool:
        """Whether it is time to say so; still true once it is past."""
        return today >= add_months(self.on, -WARNED_BEFORE)


def mission_year(started_on: date, today: date) -> int:
    """The year of the mission that this day is in, from 1; 0 before it starts."""
    if today < started_on:
        return 0
    year = today.year - started_on.year
    return year + 1 if add_months(started_on, 12 * year) <= today else year


def update_due(
    *, published_on: date, mission_started_on: date | None, today: date, after: str = "la dernière publication"
) -> Due:
    """The earlier of 12 months after the last written version and the end of the current mission year."""
    due = Due(add_months(published_on, UPDATED_EVERY), f"12 mois après {after}")
    year = mission_year(mission_started_on, today) if mission_started_on else 0
    if not mission_started_on or not year:
        return due
    ends_on = add_months(mission_started_on, 12 * year) - timedelta(days=1)
    return min(due, Due(ends_on, f"fin de l’année {year} de la mission"), key=lambda one: one.on)


def next_update(
    mission_started_on: date | None, published_on: date | None, earlier_on: date | None, today: date
) -> Due | None:
    """Counted from the version in force, else from the last one written elsewhere; none before a plan is written."""
    if published_on:
        return update_due(published_on=published_on, mission_started_on=mission_started_on, today=today)
    if earlier_on:
        return update_due(published_on=earlier_on, mission_started_on=mission_started_on, today=today, after=EARLIER)
    return None
