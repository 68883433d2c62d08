"""Whether a live list still reads as it stands: since the last entry that it shows, and until its clock changes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime


def seconds(moment: datetime | None) -> int | None:
    """A moment as an address carries it."""
    return int(moment.timestamp()) if moment else None


def still_stands(address: Mapping[str, str], last: int, now: datetime) -> bool:
    """Whether nothing was written after `after`, and the hour `jusque` has not come."""
    if address.get("after", "") != str(last):
        return False
    try:
        until = datetime.fromtimestamp(int(address.get("jusque", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return True
    return now < until
