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


class Due(Protocol):
    """What tells whether a task is overdue."""

    @property
    def state(self) -> TaskState: ...
    @property
    def due_at(self) -> datetime | None: ...


def is_overdue(task: Due, now: datetime) -> bool:
    """Whether it should be done by now."""
    return task.state.is_open and task.due_at is not None and task.due_at <= now
