"""Silences of a logbook: no record, no proof (domain, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from crisis_plan.pilotage.crises.rules import SILENCE_MINUTES


class Silence(NamedTuple):
    """A stretch of time in which nothing was written."""

    starts_at: datetime
    ends_at: datetime
    after: int
    """The number of the entry that it follows; 0 for the opening."""
    before: int
    """The number of the entry that ends it; 0 for the stand-down."""

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


def threshold(silence_minutes: int | None) -> timedelta:
    """From how long a silence is counted: as the level says, else 60 minutes."""
    return timedelta(minutes=silence_minutes or SILENCE_MINUTES)


def silences(
    written: Iterable[tuple[datetime, int]], longer_than: timedelta, *, since: datetime, until: datetime
) -> list[Silence]:
    """The gaps longer than that between two entries of the main part, the oldest first.

    `written`: when each entry was entered, and its number; `since` and `until`: the opening and the stand-down.
    """
    inside = sorted((at, number) for at, number in written if since <= at <= until)
    moments = [(since, 0), *inside, (until, 0)]
    found = (Silence(start, end, after, before) for (start, after), (end, before) in pairwise(moments))
    return [one for one in found if one.length > longer_than]
