"""What stands against closing a crisis: warnings that the referent may pass over, with a reason. Source: domain, sections 7 and 8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

COLD_DEBRIEF_WITHIN = timedelta(days=14)
"""Domain, section 8: the cold debrief comes within two weeks."""


@dataclass(frozen=True)
class Warnings:
    """What a referent should know before nothing can be written any more."""

    unsent: Sequence[str] = ()
    """Devices that still hold entries, in words."""
    silent_tasks: Sequence[tuple[str, Sequence[str]]] = ()
    """Tasks left open without a word, by function."""
    open_needs: Sequence[str] = ()
    """Needs of communes that are neither met nor handed over."""
    open_calls: Sequence[str] = ()
    """Call lists that closing will close."""

    @property
    def task_count(self) -> int:
        return sum(len(texts) for _, texts in self.silent_tasks)

    @property
    def sentences(self) -> list[str]:
        """All of them, the gravest first; tasks are counted, for the crisis keeps each of them."""
        by_function = ", ".join(f"{name} {len(texts)}" for name, texts in self.silent_tasks)
        tasks = [f"Tâches ouvertes sans un mot\u00a0: {self.task_count} ({by_function})."] if self.task_count else []
        return [*self.unsent, *tasks, *self.open_needs]

    @property
    def need_a_reason(self) -> bool:
        """Whether closing over them asks why."""
        return bool(self.sentences)


def cold_debrief_by(stood_down_on: date) -> date:
    """The last day of the cold debrief."""
    return stood_down_on + COLD_DEBRIEF_WITHIN
