"""The only place that reads the time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class HasTimeZone(Protocol):
    """Whoever lives in a time zone: a CPTS of La Réunion is not on Paris time."""

    @property
    def time_zone(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """A time zone by itself, where no CPTS is meant."""

    time_zone: str


PARIS = Place("Europe/Paris")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today(place: HasTimeZone) -> date:
    """The date it is where this CPTS is."""
    return local(now(), place).date()


def local(moment: datetime, place: HasTimeZone) -> datetime:
    """The same moment, as the clocks of this CPTS show it."""
    return moment.astimezone(ZoneInfo(place.time_zone))
