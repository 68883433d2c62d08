"""Words that several figures share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from crisis_plan import clock
from crisis_plan.clock import HasTimeZone
from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.mobilisation.rules import in_hours
from crisis_plan.web.formats import counted, number

IN_DAYS = timedelta(hours=72)
"""From how long a length is told in days (our own choice)."""


class InTheLog(Protocol):
    """What stands in a part of the logbook under a number."""

    @property
    def part(self) -> Part: ...
    @property
    def number(self) -> int: ...


def cited(entries: Iterable[InTheLog]) -> tuple[Cited, ...]:
    """These entries, each once, the log before its annex."""
    main, annex = set[int](), set[int]()
    for one in entries:
        (annex if one.part is Part.ANNEX else main).add(one.number)
    return (*of_the_log(main), *(Cited(Part.ANNEX, number) for number in sorted(annex)))


def of_the_log(numbers: Iterable[int | None]) -> tuple[Cited, ...]:
    """Entries of the main part by their numbers; what has none is left out."""
    return tuple(Cited(Part.MAIN, number) for number in sorted({number for number in numbers if number}))


def how_many(total: int, in_annex: int = 0, none: str = "aucune") -> str:
    """« 12 », « aucune », « 150, dont 3 arrivées après la clôture »."""
    if not total:
        return none
    came = "arrivée" if in_annex < 2 else "arrivées"
    return f"{number(total)}, dont {number(in_annex)} {came} après la clôture" if in_annex else number(total)


def in_annex(entries: Iterable[InTheLog]) -> int:
    """How many of these reached the log once it was closed."""
    return sum(one.part is Part.ANNEX for one in entries)


def length(lasted: timedelta) -> str:
    """« 45 min », « 31 h 30 », « 13 j 5 h »."""
    minutes = int(lasted / timedelta(minutes=1))
    if not minutes:
        return "moins d’une minute"
    if lasted < IN_DAYS:
        return in_hours(minutes)
    days, hours = divmod(minutes // 60, 24)
    return f"{days}\u00a0j\u00a0{hours}\u00a0h" if hours else f"{days}\u00a0j"


def until(ends_at: datetime, starts_at: datetime, place: HasTimeZone) -> str:
    """« 14:05 », « le 23/11 à 02:10 » where another day has begun."""
    end = clock.local(ends_at, place)
    is_same_day = end.date() == clock.local(starts_at, place).date()
    return f"{end:%H:%M}" if is_same_day else f"{end:%d/%m à %H:%M}"


def people(count: int) -> str:
    """« 9 personnes »."""
    return counted(count, "personne")
