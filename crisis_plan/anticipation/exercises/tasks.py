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
    """An exercise of which nobody told, and the day of its calls once they are over."""

    @property
    def id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def planned_on(self) -> date: ...
    @property
    def tested_on(self) -> date | None: ...


@dataclass(frozen=True)
class ExerciseTask:
    """A sentence, and what it is about: an exercise to tell of, or a kind to plan."""

    sentence: str
    exercise_id: UUID | None = None
    kind: ExerciseKind | None = None
    due_on: date | None = None
    """By when the pace wants it, or the day that has passed without a word; none: never held, due now."""


def pace_tasks(standings: Iterable[Standing]) -> Iterator[ExerciseTask]:
    """What is due by the pace that the CPTS chose, and not planned in time."""
    for one in standings:
        if one.need.is_to_do:
            yield ExerciseTask(f"{one.kind.label}\u00a0: {_said(one)}.", kind=one.kind, due_on=one.due_on)


def _said(one: Standing) -> str:
    planned = f", programmé le {long_date(one.planned_on)}" if one.planned_on else ""
    if one.need is Need.NEVER_DONE or one.due_on is None:
        return f"aucun n’a encore eu lieu{planned} (rythme indicatif)"
    since = "depuis" if one.need is Need.OVERDUE else "avant"
    return f"à refaire {since} le {long_date(one.due_on)}{planned} (rythme indicatif)"


def untold_tasks(exercises: Iterable[Planned]) -> Iterator[ExerciseTask]:
    """Exercises whose day has passed without a word, or whose calls are over without a report."""
    for one in exercises:
        told = (
            f"a eu lieu le {long_date(one.tested_on)}\u00a0: écrivez ce qu’il a appris."
            if one.tested_on
            else f"était prévu le {long_date(one.planned_on)}\u00a0: dites s’il a eu lieu."
        )
        yield ExerciseTask(
            f"«\u00a0{one.title}\u00a0» {told}", exercise_id=one.id, due_on=one.tested_on or one.planned_on
        )
