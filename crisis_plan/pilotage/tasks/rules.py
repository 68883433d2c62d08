"""A task of a crisis: what is to be done, by which function, before when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class TaskState(StrEnum):
    TO_DO = "to_do"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {"to_do": "À faire", "started": "Engagée", "done": "Faite", "dropped": "Abandonnée"}[self.value]

    @property
    def tone(self) -> str:
        return {"to_do": "warning", "started": "info", "done": "ok", "dropped": "neutral"}[self.value]

    @property
    def is_open(self) -> bool:
        return self in (TaskState.TO_DO, TaskState.STARTED)


ORDER = (TaskState.TO_DO, TaskState.STARTED, TaskState.DROPPED, TaskState.DONE)
"""A tick moves a task forward only: one that arrives late, from a page or a telephone that lagged, undoes nothing."""


class Shown(StrEnum):
    """What a list of tasks may be narrowed to."""

    OVERDUE = "en-retard"
    OPEN = "ouvertes"
    STARTED = "engagees"
    DONE = "faites"
    DROPPED = "abandonnees"

    @property
    def label(self) -> str:
        return {
            "en-retard": "En retard",
            "ouvertes": "À faire ou engagées",
            "engagees": "Engagées",
            "faites": "Faites",
            "abandonnees": "Abandonnées",
        }[self.value]


class Due(Protocol):
    """What tells whether a task is overdue."""

    @property
    def state(self) -> TaskState: ...
    @property
    def due_at(self) -> datetime | None: ...


def moves(now: TaskState, wanted: TaskState) -> bool:
    """Whether a tick changes a task in this state: « faite » wins over everything, « engagée » over nothing but « à faire »."""
    return ORDER.index(wanted) > ORDER.index(now)


def is_overdue(task: Due, now: datetime) -> bool:
    """Whether it should be done by now."""
    return task.state.is_open and task.due_at is not None and task.due_at <= now
