"""What happened in a crisis, each thing at its moment, without a word that somebody typed but the names of the levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from crisis_plan.evaluation.figures.silences import Silence
from crisis_plan.evaluation.figures.wording import length
from crisis_plan.pilotage.logbook.rules import EntryKind, Part, entry_name

if TYPE_CHECKING:
    from crisis_plan.evaluation.figures.course import LevelStep
    from crisis_plan.pilotage.logbook.reckoning import Marked


class Sort(StrEnum):
    """What a time line tells."""

    FACT = "fact"
    LEVEL = "level"
    STAGE = "stage"
    DECISION = "decision"
    MESSAGE = "message"
    REPORT = "report"
    SILENCE = "silence"
    ENGAGED = "engaged"

    @property
    def label(self) -> str:
        return {
            "fact": "Fait daté",
            "level": "Niveau",
            "stage": "Étape",
            "decision": "Décision",
            "message": "Message",
            "report": "Point de situation",
            "silence": "Silence",
            "engaged": "Professionnels",
        }[self.value]

    @property
    def several(self) -> str:
        return {
            "fact": "faits datés",
            "level": "niveaux",
            "stage": "étapes",
            "decision": "décisions",
            "message": "messages",
            "report": "points de situation",
            "silence": "silences",
            "engaged": "professionnels",
        }[self.value]


@dataclass(frozen=True)
class Happening:
    """One thing that happened, or that lasted from then to another moment."""

    sort: Sort
    at: datetime
    what: str
    name: str = ""
    """Of its entry: « n° 12 »."""
    ends_at: datetime | None = None
    lacks_reason: bool = False
    """A decision of which nobody wrote why it was taken."""
    count: int = 1
    """Of professionals: how many at once."""


class Fact(Protocol):
    """A fact that stands."""

    @property
    def kind(self) -> Any: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def entry(self) -> Any: ...


def facts(standing: Iterable[Fact]) -> list[Happening]:
    """The dated facts that were neither corrected nor withdrawn."""
    return [
        Happening(Sort.FACT, one.happened_at, one.kind.label, entry_name(one.entry.part, one.entry.number))
        for one in standing
    ]


def decisions(rows: Iterable[Marked]) -> list[Happening]:
    """Every decision; an order may have erased why one was taken, which is not said to lack."""
    found = []
    for one in _of(rows, EntryKind.DECISION):
        lacks = one.lacks_reason and not one.is_erased
        what = (
            "prise, sans raison écrite"
            if lacks
            else "prise, contenu effacé"
            if one.is_erased
            else "prise, raison écrite"
        )
        found.append(Happening(Sort.DECISION, one.happened_at, what, _name(one), lacks_reason=lacks))
    return found


def messages(rows: Iterable[Marked]) -> list[Happening]:
    return [Happening(Sort.MESSAGE, one.happened_at, "envoyé", _name(one)) for one in _of(rows, EntryKind.MESSAGE)]


def reports(rows: Iterable[Marked]) -> list[Happening]:
    found = _of(rows, EntryKind.SITUATION_REPORT)
    return [Happening(Sort.REPORT, one.happened_at, "émis", _name(one)) for one in found]


def stages(rows: Sequence[Marked]) -> list[Happening]:
    """Each stand-down, and each time that the crisis went on after one."""
    turns = _of(rows, EntryKind.ACTIVATION, EntryKind.STAND_DOWN)
    return [
        Happening(Sort.STAGE, one.happened_at, "levée" if one.kind is EntryKind.STAND_DOWN else "reprise", _name(one))
        for rank, one in enumerate(turns)
        if one.kind is EntryKind.STAND_DOWN or rank
    ]


def levels(steps: Sequence[LevelStep], stages: Sequence[Happening], over_at: datetime) -> list[Happening]:
    """Each level from when it held until when it did not, from the activation to the stand-down."""
    pauses = list(_pauses(stages, over_at))
    found = []
    for step, ends_at in zip(steps, [*(one.at for one in steps[1:]), over_at], strict=True):
        name = _name(step.entry) if step.entry else ""
        for start, end in _without(step.at, min(ends_at, over_at), pauses):
            found.append(Happening(Sort.LEVEL, start, step.level, name, end))
    return found


def silent(found: Iterable[Silence]) -> list[Happening]:
    """Each silence, with the entries on both sides."""
    return [
        Happening(Sort.SILENCE, one.starts_at, f"{length(one.length)} sans saisie", _between(one), one.ends_at)
        for one in found
    ]


def engaged(steps: Sequence[tuple[datetime, int]], days: Days) -> list[Happening]:
    """For each day, the most people who were at work at once, and from when."""
    best: dict[date, Happening] = {}
    for (at, count), (until, _) in pairwise(steps):
        for moment in _from_each_day(at, until, days):
            day = days.day_of(moment)
            if count and (day not in best or count > best[day].count):
                best[day] = Happening(Sort.ENGAGED, moment, f"{count} au plus en même temps", count=count)
    return list(best.values())


class Days(Protocol):
    """The days of a place, by its clocks."""

    def day_of(self, at: datetime) -> date: ...
    def midnight(self, day: date) -> datetime: ...


def _from_each_day(at: datetime, until: datetime, days: Days) -> Iterator[datetime]:
    """This moment, then each midnight on which the same still held."""
    yield at
    midnight = days.midnight(days.day_of(at) + timedelta(days=1))
    while midnight < until:
        yield midnight
        midnight = days.midnight(days.day_of(midnight) + timedelta(days=1))


def _pauses(stages: Sequence[Happening], over_at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From each stand-down to when the crisis went on."""
    down: datetime | None = None
    for one in stages:
        if one.what == "levée":
            down = down or one.at
        elif down:
            yield down, one.at
            down = None
    if down:
        yield down, max(over_at, down)


def _without(
    start: datetime, end: datetime, pauses: Iterable[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of a stretch of time outside the pauses."""
    for pause_start, pause_end in pauses:
        if pause_end <= start or pause_start >= end:
            continue
        if pause_start > start:
            yield start, pause_start
        start = max(start, pause_end)
    if end > start:
        yield start, end


def _between(silence: Silence) -> str:
    after = entry_name(Part.MAIN, silence.after) if silence.after else "ouverture"
    before = entry_name(Part.MAIN, silence.before) if silence.before else "levée"
    return f"{after} → {before}"


def _of(rows: Iterable[Marked], *kinds: EntryKind) -> list[Marked]:
    return [one for one in rows if one.kind in kinds]


def _name(one: Marked) -> str:
    return entry_name(one.part, one.number)
