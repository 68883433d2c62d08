"""What becomes of a commune's register when two people write at once."""

from __future__ import annotations

from enum import StrEnum


class Merge(StrEnum):
    """What a line that was seen, then typed, makes of what is stored by now."""

    KEEP = "keep"
    WRITE = "write"
    CONFLICT = "conflict"


def merge(*, seen: str, typed: str, stored: str) -> Merge:
    """Who touched nothing overwrites nothing; two who wrote differently are shown both."""
    if typed in (seen, stored):
        return Merge.KEEP
    return Merge.WRITE if stored == seen else Merge.CONFLICT
