"""Who is on duty for a function of a crisis, from when to when. Source: domain, section 6.

One function, one person at a time: who takes it relieves who is there, and a relief that is planned ends the service of
who is there at its hour. Two hold it together only where someone says so (« avec X »).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from crisis_plan import clock

MORNING = time(8)
"""Until when « ce soir » lasts: who is there at eight in the morning can call for the day (a convention of ours)."""
RELIEFS_WITHIN = timedelta(hours=24)


class Presence(StrEnum):
    """Whether somebody holds a function at this moment."""

    THERE = "there"
    NAMED = "named"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        return {"there": "De service", "named": "À confirmer", "nobody": "Personne"}[self.value]


class Served(Protocol):
    """A time of service."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Gap:
    """A time without anyone."""

    starts_at: datetime
    ends_at: datetime


def is_on_duty(shift: Served, now: datetime) -> bool:
    """Whether this service is under way."""
    return shift.starts_at <= now and (shift.ends_at is None or now < shift.ends_at)


def is_to_come(shift: Served, now: datetime) -> bool:
    """Whether this service is only planned."""
    return shift.starts_at > now


def overlaps(shift: Served, starts_at: datetime, ends_at: datetime | None) -> bool:
    """Whether this service and the time asked for have a moment in common."""
    begins_before = ends_at is None or shift.starts_at < ends_at
    return begins_before and (shift.ends_at is None or starts_at < shift.ends_at)


def gaps(shifts: Iterable[Served], starts_at: datetime, ends_at: datetime) -> tuple[Gap, ...]:
    """The times without anyone between these two moments, in order."""
    found, reached = [], starts_at
    for shift in sorted(shifts, key=lambda one: one.starts_at):
        if shift.starts_at >= ends_at:
            break
        if shift.starts_at > reached:
            found.append(Gap(reached, shift.starts_at))
        reached = max(reached, ends_at if shift.ends_at is None else shift.ends_at)
    return (*found, Gap(reached, ends_at)) if reached < ends_at else tuple(found)


def end_of_night(now: datetime, place: clock.HasTimeZone) -> datetime:
    """The next eight in the morning by the CPTS's clocks: what « ce soir » looks forward to."""
    here = clock.local(now, place)
    morning = datetime.combine(here.date(), MORNING, tzinfo=here.tzinfo)
    return morning if here < morning else datetime.combine(here.date() + timedelta(days=1), MORNING, here.tzinfo)
