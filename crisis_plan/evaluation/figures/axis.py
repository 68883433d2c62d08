"""The axis of a time line: by the clock of the CPTS, hours for a day, days for weeks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from babel.dates import format_date

from crisis_plan import clock
from crisis_plan.document.lanes import Tick

DAY = timedelta(days=1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STEPS = (
    5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
    DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY,
)  # fmt: skip
"""What people count time in."""
MONDAY = date(2024, 1, 1)
MOST_TICKS = 10
MOST_PLACES = 24
"""Places of a lane: what falls in the same one is drawn together."""
FIRST_DAY = 0.08
"""The day on which the axis begins is named where it has so much room before midnight."""


REMEMBERED = 512
"""Days whose words are kept: a line says the same ones again and again."""


class Dated(Protocol):
    @property
    def at(self) -> datetime: ...


AnyDated = TypeVar("AnyDated", bound=Dated)


@dataclass(frozen=True)
class Axis:
    """From one moment to another, where this CPTS is."""

    start: datetime
    end: datetime
    place: clock.HasTimeZone

    def position(self, at: datetime) -> float:
        """From 0 to 1; what comes before or after stands at the edge."""
        share = (at - self.start) / max(self.end - self.start, MINUTE)
        return round(min(max(share, 0.0), 1.0), 4)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.place.time_zone)

    @property
    def is_of_one_day(self) -> bool:
        return self.local(self.start).date() == self.local(self.end).date()

    def local(self, at: datetime) -> datetime:
        """What the clocks show there, without zone: what is counted in wall hours is safe on the day they change."""
        return at.astimezone(self.zone).replace(tzinfo=None)

    def inside(self, at: datetime) -> datetime:
        """The same moment, or the edge that it stands at."""
        return self.start if at < self.start else self.end if at > self.end else at

    def whole_words(self, at: datetime) -> str:
        """« ven. 7 août 2026, 14:10 »."""
        local = self.local(at)
        return f"{format_date(local.date(), 'EEE d MMM y', locale='fr_FR')}, {local:%H:%M}"

    def day_of(self, at: datetime) -> date:
        return self.local(at).date()

    def midnight(self, day: date) -> datetime:
        """When this day begins there."""
        return self._moment(datetime.combine(day, time()))

    def ticks(self) -> tuple[Tick, ...]:
        step = self._step(MOST_TICKS)
        named = [self._tick(wall, step) for wall in self._walls(step)]
        first_day = min((tick.position for tick in named if tick.is_major), default=1.0)
        if step < DAY and first_day > FIRST_DAY:
            named.insert(0, Tick(0.0, _weekday(self.local(self.start).date()), is_major=True))
        return tuple(named)

    def by_place(self, happened: Sequence[AnyDated]) -> dict[datetime, list[AnyDated]]:
        """What falls in each place, by where it begins; `happened`: by moment. What is outside falls at the edge."""
        return self._cut(happened, self._place_step)

    def by_day(self, happened: Sequence[AnyDated]) -> dict[date, list[AnyDated]]:
        """What falls on each day; `happened`: by moment."""
        return {wall.date(): found for wall, found in self._cut(happened, DAY, is_outside_told=True).items()}

    def place_words(self, place: datetime) -> str:
        """« entre 14 h et 15 h », « le 8 août entre 14 h et 18 h », « du 8 au 14 août »."""
        step = self._place_step
        if step > DAY:
            return f"du {day_words(place.date())} au {day_words((place + step - DAY).date())}"
        day = f"le {day_words(place.date())}"
        if step == DAY:
            return day
        hours = f"entre {hour_words(place)} et {hour_words(place + step)}"
        return hours if self.is_of_one_day else f"{day} {hours}"

    def moment_words(self, at: datetime) -> str:
        """« 14:10 », « 8 août, 14:10 »: with its day where the axis has several."""
        local = self.local(at)
        return f"{local:%H:%M}" if self._is_same_day(at) else f"{day_words(local.date())}, {local:%H:%M}"

    def _cut(
        self, happened: Sequence[AnyDated], step: timedelta, *, is_outside_told: bool = False
    ) -> dict[datetime, list[AnyDated]]:
        """The clocks are read once for each stretch, not for each of thousands of moments."""
        found: dict[datetime, list[AnyDated]] = {}
        first = 0
        while first < len(happened):
            at = happened[first].at
            begins = _floor(self.local(at if is_outside_told else self.inside(at)), step)
            until = self._moment(begins + step)
            if until > self.end and not is_outside_told:
                after = len(happened)
            else:
                after = bisect_left(happened, until, lo=first + 1, key=lambda one: one.at)
            found.setdefault(begins, []).extend(happened[first:after])
            first = after
        return found

    @cached_property
    def _place_step(self) -> timedelta:
        return self._step(MOST_PLACES)

    def _is_same_day(self, at: datetime) -> bool:
        return self.is_of_one_day and self.local(at).date() == self.local(self.start).date()

    def _step(self, most: int) -> timedelta:
        long = self.end - self.start
        return next((step for step in STEPS if long / step <= most), STEPS[-1])

    def _walls(self, step: timedelta) -> Iterator[datetime]:
        """Each round hour or day of the axis that the clocks there show."""
        wall, last = _floor(self.local(self.start), step), self.local(self.end)
        while wall <= last:
            if self.start <= self._moment(wall) <= self.end and self.local(self._moment(wall)) == wall:
                yield wall
            wall += step

    def _moment(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def _tick(self, wall: datetime, step: timedelta) -> Tick:
        position = self.position(self._moment(wall))
        if step >= DAY:
            return Tick(position, day_words(wall.date()))
        is_midnight = wall.time() == time()
        return Tick(position, _weekday(wall.date()) if is_midnight else hour_words(wall), is_midnight)


@lru_cache(REMEMBERED)
def day_words(day: date) -> str:
    """« 7 août »."""
    return format_date(day, "d MMM", locale="fr_FR")


@lru_cache(REMEMBERED)
def _weekday(day: date) -> str:
    """« ven. 7 »."""
    return format_date(day, "EEE d", locale="fr_FR")


def hour_words(at: datetime) -> str:
    """« 14 h », « 14 h 30 », « 0 h »."""
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}" if at.minute else f"{at.hour}\u00a0h"


def _floor(wall: datetime, step: timedelta) -> datetime:
    """The round hour or day at or before this one; weeks begin on Monday."""
    midnight = datetime.combine(wall.date(), time())
    if step < DAY:
        return midnight + (wall - midnight) // step * step
    monday = datetime.combine(MONDAY, time())
    return monday + (midnight - monday) // step * step
