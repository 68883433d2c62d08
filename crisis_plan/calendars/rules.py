"""The dates that a CPTS looks forward to, whatever room they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from crisis_plan.web.formats import long_date

AHEAD = timedelta(days=365)
BEHIND = timedelta(days=365)
"""A calendar application forgets what its feed no longer says: the past year stays in it."""
MONTHS = 12


class DateKind(StrEnum):
    """What a date is about."""

    EXERCISE = "exercise"
    PACE = "pace"
    UPDATE = "update"
    MISSION = "mission"
    EXPIRY = "expiry"
    COUNT = "count"
    REFERENT = "referent"
    PLACE = "place"
    NEIGHBOUR = "neighbour"
    LESSON = "lesson"

    @property
    def label(self) -> str:
        return {
            "exercise": "Exercice",
            "pace": "Exercice à refaire",
            "update": "Mise à jour du plan",
            "mission": "Échéance de la mission",
            "expiry": "Péremption",
            "count": "Comptage du stock",
            "referent": "Référent de crise",
            "place": "Lieu à vérifier",
            "neighbour": "Plan voisin à revoir",
            "lesson": "Bilan, amélioration",
        }[self.value]


@dataclass(frozen=True)
class CalendarDate:
    """One thing on one day, and the page that tells more."""

    kind: DateKind
    key: str
    """What it is from one reading to the next, and nothing else is: `exercise-<id>`."""
    day: date
    title: str
    changed_at: datetime
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    revision: int = 0
    stays_due: bool = False
    """Of a kind of which only some dates are to be done: whether this one still is, once its day has passed."""


def in_order(dates: Iterable[CalendarDate]) -> list[CalendarDate]:
    return sorted(dates, key=lambda one: (one.day, one.title, one.key))


def coming(dates: Iterable[CalendarDate], today: date) -> list[CalendarDate]:
    """From today on, within the year, in order."""
    return in_order(one for one in dates if today <= one.day <= today + AHEAD)


STILL_DUE = frozenset(
    {DateKind.PACE, DateKind.UPDATE, DateKind.EXPIRY, DateKind.COUNT, DateKind.PLACE, DateKind.LESSON}
)
"""What stays to be done once its day has passed."""


def overdue(dates: Iterable[CalendarDate], today: date) -> list[CalendarDate]:
    """What should have been done before today and still is to do, the oldest first."""
    return in_order(one for one in dates if one.day < today and (one.stays_due or one.kind in STILL_DUE))


def within_reach(dates: Iterable[CalendarDate], today: date) -> list[CalendarDate]:
    """What a feed says: a year behind, a year ahead, in order."""
    return in_order(one for one in dates if today - BEHIND <= one.day <= today + AHEAD)


def by_month(dates: Iterable[CalendarDate]) -> list[tuple[date, list[CalendarDate]]]:
    """Dates in order, under the first day of their month."""
    return [(month, list(same)) for month, same in groupby(dates, key=lambda one: one.day.replace(day=1))]


def counts_by_month(dates: Iterable[CalendarDate], today: date) -> list[tuple[date, int]]:
    """How many dates each of the twelve months has, from the present one."""
    found = {month: len(same) for month, same in by_month(in_order(dates))}
    return [(month, found.get(month, 0)) for month in months_from(today)]


def months_from(today: date) -> list[date]:
    """The first days of twelve months, this one included."""
    first = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first, first + MONTHS)]


def month_name(month: date) -> str:
    """« novembre 2026 »."""
    return long_date(month).split(" ", 1)[1]
