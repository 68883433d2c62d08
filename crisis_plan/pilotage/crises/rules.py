"""A crisis or an exercise, from the alert to its closing. Source: domain, sections 5 to 8."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

TWIN_WITHIN = timedelta(minutes=15)
"""Two people who open within this time very likely mean the same crisis: the second is asked."""
LATE_AFTER_MINUTES = 15
"""The gap between a fact and its entry from which a reason is required (domain, section 7)."""
SILENCE_MINUTES = 60
"""Without an entry for so long the cell is reminded, where the level says nothing else (domain, section 7)."""


class Mode(StrEnum):
    """What is real, and what is played: never mixed in numbers, statistics or claims."""

    REAL = "real"
    EXERCISE = "exercise"

    @property
    def label(self) -> str:
        return {"real": "Crise", "exercise": "Exercice"}[self.value]

    @property
    def prefix(self) -> str:
        """What every message and every file begins with, so that nobody takes an exercise for a crisis."""
        return {"real": "", "exercise": "[EXERCICE] "}[self.value]


class Stage(StrEnum):
    """How far it is: closing comes after the stand-down, and nothing after closing."""

    ACTIVE = "active"
    STOOD_DOWN = "stood_down"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {"active": "En cours", "stood_down": "Levée", "closed": "Close"}[self.value]

    @property
    def tone(self) -> str:
        return {"active": "urgent", "stood_down": "warning", "closed": "neutral"}[self.value]


class Dated(Protocol):
    """What tells how far a crisis is."""

    @property
    def stood_down_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...


def stage(crisis: Dated) -> Stage:
    """How far this crisis is."""
    if crisis.closed_at:
        return Stage.CLOSED
    return Stage.STOOD_DOWN if crisis.stood_down_at else Stage.ACTIVE


def named(mode: Mode, number: int) -> str:
    """« Crise n° 3 », « Exercice n° 2 »: counted apart."""
    return f"{mode.label} n°\u00a0{number}"


def is_silent(last_entry_at: datetime, silence_minutes: int | None, now: datetime) -> bool:
    """Whether nothing was logged for so long that the cell is reminded: no record, no proof (domain, section 7)."""
    return silence_minutes is not None and now - last_entry_at >= timedelta(minutes=silence_minutes)


def without_point(is_stood_down: bool) -> str:
    """What is said where no next point is set."""
    return "aucun, la levée est prononcée" if is_stood_down else "non fixé"


def next_point_after(at: datetime, pace: int | None) -> datetime | None:
    """When the cell next takes stock, at this pace in minutes; none where the level gives none."""
    return at + timedelta(minutes=pace) if pace else None
