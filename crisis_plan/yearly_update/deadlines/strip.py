"""The deadlines drawn on a year: months, years of the mission, and what is due, around today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crisis_plan.document.drawings import Drawing
from crisis_plan.document.drawn_lanes import drawn
from crisis_plan.document.lanes import Band, Lane, Mark, Shape, Tick
from crisis_plan.months import add_months
from crisis_plan.web.formats import long_date, short_date
from crisis_plan.yearly_update.deadlines.rules import Deadline, DeadlineKind, DeadlineState, MissionYear

BEHIND, AHEAD = 3, 14
"""Months drawn before and after the present one: 18 in all."""
SHAPES = {
    DeadlineKind.START: Shape.FLAG,
    DeadlineKind.DEPLOYMENT: Shape.HOUSE,
    DeadlineKind.UPDATE: Shape.DISC,
    DeadlineKind.YEAR_END: Shape.SQUARE,
    DeadlineKind.ANNIVERSARY: Shape.RING,
}
MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True)
class YearStrip:
    """What is drawn; the page's table says the same, and what falls outside."""

    caption: str
    starts: str
    ends: str
    """The first and the last day, in words."""
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]

    def drawing(self, width: float) -> Drawing:
        """Where everything stands, so many units wide."""
        return drawn(self.ticks, self.lanes, None, width)


def year_strip(deadlines: Sequence[Deadline], years: Iterable[MissionYear], today: date) -> YearStrip:
    """Eighteen months around today."""
    window = Window(today)
    lanes = (
        Lane("Aujourd’hui", Shape.FLAG, (Mark(window.position(today), long_date(today), long_date(today)),)),
        Lane("Années de la mission", bands=window.bands(years), empty="Début de la mission à renseigner"),
        *(Lane(kind.word, SHAPES[kind], marks) for kind in DeadlineKind if (marks := window.marks(deadlines, kind))),
    )
    return YearStrip("Dix-huit mois", long_date(window.first), long_date(window.last), window.ticks, lanes)


class Window:
    """The months that are drawn."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.first = add_months(today.replace(day=1), -BEHIND)
        self.end = add_months(self.first, BEHIND + 1 + AHEAD)
        self.last = self.end - timedelta(days=1)

    def position(self, day: date) -> float:
        """Where the day stands, from 0 to 1."""
        return (day - self.first).days / (self.end - self.first).days

    def shows(self, deadline: Deadline) -> bool:
        """Whether it falls in these months, or is late since before them: then it stands at the edge."""
        is_late = deadline.state(self.today) is DeadlineState.LATE
        return deadline.on <= self.last and (deadline.on >= self.first or is_late)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Each month by its name, each January by its year, and today."""
        months = [add_months(self.first, count) for count in range(BEHIND + 1 + AHEAD)]
        named = [Tick(self.position(day), MONTHS[day.month - 1]) for day in months]
        years = [Tick(self.position(day), str(day.year), is_major=True) for day in months if day.month == 1]
        start = [] if self.first.month == 1 else [Tick(0.0, str(self.first.year), is_major=True)]
        return (*start, *years, *named, Tick(self.position(self.today), "", is_major=True))

    def bands(self, years: Iterable[MissionYear]) -> tuple[Band, ...]:
        """The part of each year that is drawn."""
        return tuple(
            Band(
                max(self.position(year.starts_on), 0.0),
                min(self.position(year.ends_on + timedelta(days=1)), 1.0),
                f"Année {year.number}, du {long_date(year.starts_on)} au {long_date(year.ends_on)}",
                f"Année {year.number}",
            )
            for year in years
            if year.starts_on <= self.last and year.ends_on >= self.first
        )

    def marks(self, deadlines: Iterable[Deadline], kind: DeadlineKind) -> tuple[Mark, ...]:
        return tuple(self._mark(one) for one in deadlines if one.kind is kind and self.shows(one))

    def _mark(self, deadline: Deadline) -> Mark:
        standing = deadline.standing(self.today)
        label = f"{deadline.name}, {long_date(deadline.on)}\u00a0: {standing}"
        return Mark(max(self.position(deadline.on), 0.0), label, f"{short_date(deadline.on)}, {standing}")
