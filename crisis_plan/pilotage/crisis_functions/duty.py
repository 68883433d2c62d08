"""The board of the functions at one moment, and what it tells: gaps, reliefs, who is missing tonight."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from crisis_plan.pilotage.crisis_functions.attendance import Attendance, attendance
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.crisis_functions.rules import (
    RELIEFS_WITHIN,
    Gap,
    Presence,
    gaps,
    is_on_duty,
    is_to_come,
)

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift


class Answer(Protocol):
    """What somebody said when they were called."""

    @property
    def comes(self) -> bool | None: ...
    @property
    def available_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class FunctionNow:
    """A function of the crisis, who is on duty and who comes next."""

    function: CrisisFunction
    on_duty: tuple[Shift, ...]
    coming: tuple[Shift, ...]
    hours: Hours
    said: Mapping[uuid.UUID, Answer] = field(default_factory=dict)
    """By contact, what they said when they were called."""
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    """What makes of « je prends cette fonction » sent twice one gesture."""

    @property
    def presence(self) -> Presence:
        """Somebody there, somebody whom the plan names and who has not said that they are there, or nobody."""
        if not self.on_duty:
            return Presence.NOBODY
        return Presence.THERE if any(shift.confirmed_at for shift in self.on_duty) else Presence.NAMED

    @property
    def is_gap(self) -> bool:
        """Whether the level asks for it and nobody holds it."""
        return self.function.is_called_for and not self.on_duty

    @property
    def tone(self) -> str:
        if self.is_gap:
            return "urgent"
        return {Presence.THERE: "ok", Presence.NAMED: "warning", Presence.NOBODY: "neutral"}[self.presence]

    @property
    def names(self) -> str:
        """« Anne Petit », « Anne Petit, Paul Roux »; nothing for nobody."""
        return named(self.on_duty)

    def answer(self, contact_id: uuid.UUID | None) -> str:
        """« vient, à partir de 06:15 », « ne vient pas »: what this person said when called; empty: nothing."""
        said = self.said.get(contact_id) if contact_id else None
        if said is None or said.comes is None:
            return ""
        if not said.comes:
            return "ne vient pas"
        return f"vient, à partir de {self.hours(said.available_at)}" if said.available_at else "vient"


@dataclass(frozen=True)
class Relief:
    """A moment when a function changes hands, or is left without anyone."""

    at: datetime
    function: CrisisFunction
    coming: tuple[Shift, ...]
    leaving: tuple[Shift, ...]
    leaves_nobody: bool
    hours: Hours

    @property
    def coming_names(self) -> str:
        return named(self.coming)

    @property
    def leaving_names(self) -> str:
        return named(self.leaving)


@dataclass(frozen=True)
class Uncovered:
    """A function that is called for and that nobody holds for a while."""

    function: CrisisFunction
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Night:
    """Who is missing between two moments."""

    starts_at: datetime
    ends_at: datetime
    uncovered: tuple[Uncovered, ...]
    hours: Hours
    attendance: Attendance
    """Who said, now, that they are there: cover on paper is not cover."""


def function_now(
    function: CrisisFunction, shifts: Iterable[Shift], hours: Hours, said: Mapping[uuid.UUID, Answer]
) -> FunctionNow:
    """This function with those of its shifts that are not over."""
    now = hours.now
    found = sorted(shifts, key=lambda shift: (shift.starts_at, shift.name))
    on_duty = tuple(shift for shift in found if is_on_duty(shift, now))
    return FunctionNow(function, on_duty, tuple(shift for shift in found if is_to_come(shift, now)), hours, said)


def reliefs_in(board: Sequence[FunctionNow], now: datetime) -> list[Relief]:
    """The reliefs of the next 24 hours, in their order."""
    found = [relief for one in board for relief in _reliefs(one, now)]
    return sorted(found, key=lambda relief: (relief.at, relief.function.position))


def night_in(board: Sequence[FunctionNow], until: datetime, hours: Hours) -> Night:
    """The functions called for that nobody holds at some moment until then."""
    asked = (one for one in board if one.function.is_called_for)
    found = (Uncovered(one.function, gaps((*one.on_duty, *one.coming), hours.now, until)) for one in asked)
    return Night(hours.now, until, tuple(one for one in found if one.gaps), hours, attendance(board))


def next_change(board: Sequence[FunctionNow], now: datetime) -> datetime | None:
    """When the board next reads otherwise without anyone doing anything."""
    shifts = [shift for one in board for shift in (*one.on_duty, *one.coming)]
    moments = [moment for shift in shifts for moment in (shift.starts_at, shift.ends_at) if moment and moment > now]
    return min(moments, default=None)


def deciders(held: Iterable[tuple[str, str]]) -> list[str]:
    """« Direction (pilote), Anne PETIT »: each function and who holds it, as one says who decided."""
    return [", ".join(filter(None, one)) for one in held]


def named(shifts: Iterable[Shift]) -> str:
    return ", ".join(shift.name for shift in shifts)


def _reliefs(one: FunctionNow, now: datetime) -> Iterable[Relief]:
    shifts = (*one.on_duty, *one.coming)
    moments = {moment for shift in shifts for moment in (shift.starts_at, shift.ends_at) if moment}
    for moment in sorted(moments):
        if not now < moment <= now + RELIEFS_WITHIN:
            continue
        coming = tuple(shift for shift in shifts if shift.starts_at == moment)
        leaving = tuple(shift for shift in shifts if shift.ends_at == moment)
        is_held = any(is_on_duty(shift, moment) for shift in shifts)
        yield Relief(moment, one.function, coming, leaving, not is_held, one.hours)
