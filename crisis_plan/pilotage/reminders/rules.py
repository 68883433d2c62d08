"""When the cell of a crisis is reminded by mail, once for each silence and each missed point (domain, section 7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from crisis_plan.pilotage.crises.rules import is_silent

POINT_OVERDUE_AFTER = timedelta(minutes=15)
"""How long after its hour a point that nobody took is said to be missed (our own choice)."""


class Reminder(StrEnum):
    SILENCE = "silence"
    POINT = "point"

    @property
    def label(self) -> str:
        return {"silence": "Journal silencieux", "point": "Point de situation en retard"}[self.value]


class UnderWay(Protocol):
    """What tells whether somebody is to be reminded."""

    @property
    def opened_at(self) -> datetime: ...
    @property
    def stood_down_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def silence_minutes(self) -> int | None: ...
    @property
    def silence_reminded_at(self) -> datetime | None: ...
    @property
    def next_point_at(self) -> datetime | None: ...
    @property
    def point_reminded_at(self) -> datetime | None: ...


def due(crisis: UnderWay, last_entry_at: datetime | None, now: datetime) -> tuple[Reminder, ...]:
    """What the cell is to be reminded of now; nothing after the stand-down."""
    if crisis.closed_at or crisis.stood_down_at:
        return ()
    since = last_entry_at or crisis.opened_at
    told_at = crisis.silence_reminded_at
    is_untold_silence = is_silent(since, crisis.silence_minutes, now) and (told_at is None or told_at < since)
    return (
        *([Reminder.SILENCE] if is_untold_silence else []),
        *([Reminder.POINT] if is_point_missed(crisis, now) else []),
    )


def is_point_missed(crisis: UnderWay, now: datetime) -> bool:
    """Whether the next point is overdue and nobody was told yet; another hour set for it is another point."""
    point_at = crisis.next_point_at
    return point_at is not None and now - point_at > POINT_OVERDUE_AFTER and crisis.point_reminded_at != point_at
