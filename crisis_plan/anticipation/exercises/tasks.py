"""What the programme asks of the day, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from crisis_plan.anticipation.exercises.rules import ExerciseKind, Need, Standing
from crisis_plan.web.formats import long_date


class Planned(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def planned_on(self) -> date: ...


@dataclass(frozen=True)
class ExerciseTask:
    """A sentence, and what it is about: an exercise to tell of, or a kind to plan."""

    sentence: str
    exercise_id: UUID | None = None
    kind: ExerciseKind | None = None


def pace_tasks(standings: Iterable[Standing]) -> Iterator[ExerciseTask]:
    """What is due by the pace that the CPTS chose, and not planned yet."""
    for one in standings:
        if one.need.is_to_do:
            yield ExerciseTask(f"{one.kind.label}\u00a0: {_said(one)}.", kind=one.kind)


def _said(one: Standing) -> str:
    if one.need is Need.NEVER_DONE or one.due_on is None:
        return "aucun n’a encore eu lieu (rythme indicatif)"
    if one.need is Need.OVERDUE:
        return f"à refaire depuis le {long_date(one.due_on)} (rythme indicatif)"
    return f"à refaire avant le {long_date(one.due_on)} (rythme indicatif)"


def untold_tasks(exercises: Iterable[Planned]) -> Iterator[ExerciseTask]:
    """Exercises whose day has passed without a word."""
    for one in exercises:
        yield ExerciseTask(
            f"«\u00a0{one.title}\u00a0» était prévu le {long_date(one.planned_on)}\u00a0: dites s’il a eu lieu.",
            exercise_id=one.id,
        )
