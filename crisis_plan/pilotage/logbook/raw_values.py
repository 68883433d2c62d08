"""Values as a driver gives them, on either engine, and what they should be. Raise `TypeError` or `ValueError`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


def identity(raw: Any) -> UUID:
    return raw if isinstance(raw, UUID) else UUID(raw)


def moment(raw: Any) -> datetime:
    found = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def stored_moment(raw: Any) -> datetime:
    """What this application stored, where nobody doubts it: at an eighth of the time of `moment`."""
    return datetime.fromisoformat(f"{raw}+00:00") if isinstance(raw, str) else raw.astimezone(UTC)


def whole(raw: Any) -> int:
    if not isinstance(raw, int):
        raise TypeError
    return raw


def words(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def or_as_is(read: Callable[[Any], Any], raw: Any) -> Any:
    """What cannot be read is compared as it is, and differs."""
    try:
        return read(raw)
    except (TypeError, ValueError, AttributeError):
        return raw
