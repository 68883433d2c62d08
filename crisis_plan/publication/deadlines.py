"""When the next update of a published plan is due. Source: domain, section 9."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

UPDATED_EVERY = 12
"""Months from one update to the next, at most."""
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


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day: 31/08/2025 and 6 months give 28/02/2026."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def mission_year(started_on: date, today: date) -> int:
    """The year of the mission that this day is in, from 1; 0 before it starts."""
    if today < started_on:
        return 0
    year = today.year - started_on.year
    return year + 1 if add_months(started_on, 12 * year) <= today else year


def update_due(*, published_on: date, mission_started_on: date | None, today: date) -> Due:
    """The earlier of 12 months after the last publication and the end of the current mission year."""
    due = Due(add_months(published_on, UPDATED_EVERY), "12 mois après la dernière publication")
    year = mission_year(mission_started_on, today) if mission_started_on else 0
    if not mission_started_on or not year:
        return due
    ends_on = add_months(mission_started_on, 12 * year) - timedelta(days=1)
    return min(due, Due(ends_on, f"fin de l’année {year} de la mission"), key=lambda one: one.on)
