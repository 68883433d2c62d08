"""Tasks as a list shows them, how many there are, and what a list is narrowed to."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.tasks.rules import Shown

if TYPE_CHECKING:
    from crisis_plan.pilotage.tasks.models import CrisisTask


def new_key() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True)
class TaskNow:
    """A task as a row shows it."""

    task: CrisisTask
    is_overdue: bool
    on_duty: str
    """Who holds its function now; empty: nobody, or no function."""
    hours: Hours
    done_key: str = field(default_factory=new_key)
    started_key: str = field(default_factory=new_key)
    """What makes of a tick sent twice one tick."""

    @property
    def due(self) -> str:
        """« avant 14:05 », « en retard de 20 min »; nothing where no hour was set, or once it is over."""
        if self.task.due_at is None or not self.task.state.is_open:
            return ""
        if self.is_overdue:
            return f"en retard de {self.hours.late_by(self.task.due_at)}"
        return f"avant {self.hours(self.task.due_at)}"

    @property
    def changed(self) -> str:
        """When it last changed, as one says it."""
        return self.hours(self.task.changed_at)


@dataclass(frozen=True)
class Counts:
    """How many tasks, by state; `overdue` are among the open ones."""

    open: int = 0
    overdue: int = 0
    done: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.open + self.done + self.dropped


@dataclass(frozen=True)
class TaskBoard:
    """What the crisis page shows: what is to be done next, and how far one is."""

    rows: Sequence[TaskNow]
    counts: Counts


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; `held`: the functions of who asks, where only theirs are wanted."""

    held: Collection[uuid.UUID] | None = None
    function_id: uuid.UUID | None = None
    shown: Shown | None = None
    care: CareKind | None = None

    @property
    def address(self) -> dict[str, Any]:
        """The same as an address says it."""
        said = {
            "qui": "moi" if self.held is not None else None,
            "fonction": self.function_id,
            "etat": self.shown.value if self.shown else None,
            "soin": self.care.value if self.care else None,
        }
        return {name: value for name, value in said.items() if value is not None}
