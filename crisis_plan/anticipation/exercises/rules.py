"""Exercises and awareness actions: their kinds, their state on a day, and the pace at which they come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from zlib import crc32

from crisis_plan.months import add_months

SOON = timedelta(days=60)
"""What is due within this time is said to be near."""
COUNTS_FOR = 12
"""Months during which an exercise that was held shows that awareness is kept up."""
MOST_MONTHS = 120


class ExerciseKind(StrEnum):
    COMMUNICATIONS_TEST = "communications_test"
    TABLE_TOP = "table_top"
    LIVE = "live"
    TRAINING = "training"
    INFORMATION = "information"

    @property
    def label(self) -> str:
        return {
            "communications_test": "Test de communication",
            "table_top": "Exercice sur table",
            "live": "Exercice en conditions réelles",
            "training": "Formation",
            "information": "Information, sensibilisation",
        }[self.value]


REVIEWED = (ExerciseKind.COMMUNICATIONS_TEST, ExerciseKind.TABLE_TOP, ExerciseKind.LIVE)
"""What rehearses the plan, and is reviewed as a crisis is; a training or an information teaches others."""

Paces = Mapping[ExerciseKind, int | None]
"""Months from one exercise of a kind to the next; none: it is never due."""

PROPOSED: Paces = {
    ExerciseKind.COMMUNICATIONS_TEST: 6,
    ExerciseKind.TABLE_TOP: 12,
    ExerciseKind.LIVE: 36,
    ExerciseKind.TRAINING: None,
    ExerciseKind.INFORMATION: None,
}
"""NHS EPRR, a good model and no obligation: no French pace for a CPTS was found (domain, section 8)."""


class ExerciseState(StrEnum):
    """Where an exercise of the programme stands on a day."""

    TO_COME = "to_come"
    UNTOLD = "untold"
    TESTED = "tested"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "to_come": "À venir",
            "untold": "Date passée, à renseigner",
            "tested": "A eu lieu, à raconter",
            "held": "A eu lieu",
            "cancelled": "Annulé",
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "to_come": "info",
            "untold": "warning",
            "tested": "info",
            "held": "ok",
            "cancelled": "neutral",
        }[self.value]


class Need(StrEnum):
    """What the pace asks of a kind on a day."""

    NEVER_DONE = "never_done"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    PLANNED = "planned"
    UP_TO_DATE = "up_to_date"
    NO_PACE = "no_pace"

    @property
    def label(self) -> str:
        return {
            "never_done": "Jamais fait",
            "overdue": "En retard",
            "due_soon": "À faire dans les 60 jours",
            "planned": "Programmé",
            "up_to_date": "À jour",
            "no_pace": "Sans rythme",
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "never_done": "warning",
            "overdue": "urgent",
            "due_soon": "warning",
            "planned": "info",
            "up_to_date": "ok",
            "no_pace": "neutral",
        }[self.value]

    @property
    def is_to_do(self) -> bool:
        return self in (Need.NEVER_DONE, Need.OVERDUE, Need.DUE_SOON)


class Dated(Protocol):
    """An exercise, as far as its dates go."""

    @property
    def planned_on(self) -> date: ...
    @property
    def held_on(self) -> date | None: ...
    @property
    def cancelled_on(self) -> date | None: ...


def state_of(exercise: Dated, today: date, *, is_tested: bool = False) -> ExerciseState:
    """What has become of it; the planned day itself is still to come.

    `is_tested`: its calls are over, so it took place, though nobody told of it yet.
    """
    if exercise.held_on:
        return ExerciseState.HELD
    if is_tested:
        return ExerciseState.TESTED
    if exercise.cancelled_on:
        return ExerciseState.CANCELLED
    return ExerciseState.TO_COME if exercise.planned_on >= today else ExerciseState.UNTOLD


@dataclass(frozen=True)
class Standing:
    """A kind on a day: when it was last held, when it is next planned, and by when its pace wants it."""

    kind: ExerciseKind
    months: int | None
    last_held_on: date | None
    planned_on: date | None
    due_on: date | None
    """The day by which it is due; none: never held (due now), or no pace."""
    need: Need
    replaced_by: str = ""
    """What took the place of the last one, as it is called: a real activation; empty: an exercise."""


def standing(
    kind: ExerciseKind, months: int | None, *, last_held_on: date | None, planned_on: date | None, today: date
) -> Standing:
    """What the pace asks: counted from the last one held; what was never held is due now."""
    due_on = add_months(last_held_on, months) if last_held_on and months else None
    return Standing(kind, months, last_held_on, planned_on, due_on, _need(months, due_on, planned_on, today))


def _need(months: int | None, due_on: date | None, planned_on: date | None, today: date) -> Need:
    """A plan answers to the pace when it is in time; what is overdue stays so until it is held."""
    if months is None:
        return Need.NO_PACE
    if due_on is None:
        return Need.PLANNED if planned_on and planned_on <= add_months(today, months) else Need.NEVER_DONE
    if due_on > today + SOON:
        return Need.UP_TO_DATE
    if due_on < today:
        return Need.OVERDUE
    return Need.PLANNED if planned_on and planned_on <= today + SOON else Need.DUE_SOON


def with_proposed(chosen: Paces) -> dict[ExerciseKind, int | None]:
    """The pace of every kind: what the CPTS chose, else what is proposed."""
    return {kind: chosen.get(kind, PROPOSED[kind]) for kind in ExerciseKind}


def mark_of(paces: Paces) -> int:
    """A number that changes with the paces: a form opened before a change is recognised."""
    return crc32(",".join(f"{kind.value}={paces[kind]}" for kind in ExerciseKind).encode())


def lessons_in(text: str) -> list[str]:
    """One lesson a line, without the dashes that people put before them."""
    return [lesson for line in text.splitlines() if (lesson := line.strip().lstrip("-–—•*").strip())]
