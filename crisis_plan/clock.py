"""The only place that reads the time."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class HasTimeZone(Protocol):
    """Whoever lives in a time zone: a CPTS of La Réunion is not on Paris time."""

    time_zone: str


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today(place: HasTimeZone) -> date:
    """The date it is where this CPTS is."""
    return local(now(), place).date()


def local(moment: datetime, place: HasTimeZone) -> datetime:
    """The same moment, as the clocks of this CPTS show it."""
    return moment.astimezone(ZoneInfo(place.time_zone))
