"""What a room asks of those who keep the plan alive: one sentence, one gesture, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple


class Rank(IntEnum):
    """What passes first among things of one day, or without a day. The order is ours."""

    REACHED = 0
    """The ARS might call in vain."""
    BLOCKS_PUBLICATION = 1
    """The plan cannot be published, or is not up to date, without it."""
    BLOCKS_PAYMENT = 2
    """A claim cannot be submitted, or paid, without it."""
    AWAITED = 3
    """Somebody is waiting for an answer of the CPTS."""
    UPKEEP = 4
    """What keeps the plan true: to read again, to verify, to count."""


@dataclass(frozen=True)
class Due:
    """One thing to do, and where it is done; without a day, it is done when one can."""

    sentence: str
    action: str
    """The words of the link: a verb, « Ouvrir la demande »."""
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    rank: Rank = Rank.UPKEEP


class Said(NamedTuple):
    """What a room asks in words (empty: nothing), and the day on which the first of it was due."""

    sentence: str
    due_on: date | None
