"""A time of day, and the moment that someone means by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wtforms import Field
from wtforms.widgets import TextInput

from crisis_plan import clock

CLOCKS_DIFFER = timedelta(minutes=2)
"""A time typed this much ahead of ours is today's, not yesterday's."""


class TimeField(Field):
    """A time of day, typed as 14:30, 14h30, 1430 or 14."""

    widget = TextInput()
    data: time | None

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip().lower().replace("h", ":").replace(" ", "") if valuelist else ""
        self.data = _time(typed)
        if typed and self.data is None:
            raise ValueError("Écrivez une heure comme 14:30.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0]).replace("\x00", "")
        return f"{self.data:%H:%M}" if self.data else ""


def _time(typed: str) -> time | None:
    if typed.isascii() and typed.isdigit() and len(typed) == 4:
        typed = f"{typed[:2]}:{typed[2:]}"
    hours, _, minutes = typed.partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None


def at_this_time(day: date, hour: time, place: clock.HasTimeZone) -> datetime:
    """This day at this time, by the place's own clocks."""
    return datetime.combine(day, hour, ZoneInfo(place.time_zone))


def last_time(hour: time, place: clock.HasTimeZone, now: datetime) -> datetime:
    """The last moment at which the clocks showed this time: at ten past midnight, 23:50 was yesterday.

    In the night when the clocks go back they show an hour twice: the second one, once it has come.
    """
    today = clock.local(now, place).date()
    meant = (
        at_this_time(day, hour.replace(fold=fold), place).astimezone(UTC)
        for day in (today, today - timedelta(days=1))
        for fold in (1, 0)
    )
    return max(moment for moment in meant if moment <= now + CLOCKS_DIFFER)
