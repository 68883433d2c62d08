"""What a person says of an exercise: before it, and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.exercises.rules import ExerciseKind

LONGEST_LESSON = 1_000
MOST_LESSONS = 100


@dataclass(frozen=True)
class ExerciseDescription:
    """What is planned."""

    kind: ExerciseKind
    title: str
    planned_on: date
    place: str = ""
    crisis_type: CrisisType | None = None
    objectives: str = ""


@dataclass(frozen=True)
class Outcome:
    """What took place, what was observed, what was learnt: one sentence a lesson."""

    held_on: date
    observed: str = ""
    lessons: Sequence[str] = ()
