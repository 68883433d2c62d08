"""Months added to a day, safe at the end of the month: what every deadline of the trade counts in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day: 31/08/2025 and 6 months give 28/02/2026."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
