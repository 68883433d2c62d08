"""Silences of a logbook: no record, no proof (domain, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from crisis_plan.evaluation.figures.wording import length
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


class Watch(NamedTuple):
    """A stretch of a crisis at one level; none is a stretch in which the crisis was stood down."""

    level: str
    starts_at: datetime
    ends_at: datetime
    limit: timedelta | None
    """From how long a silence is one at this level; none: nobody is ever reminded."""


def limit_of(level: str, known: Mapping[str, int | None]) -> timedelta | None:
    """What a level says; 60 minutes (domain, section 7) of a level that is no longer known."""
    minutes = known.get(level, SILENCE_MINUTES)
    return None if minutes is None else timedelta(minutes=minutes)


def shortest(watches: Iterable[Watch]) -> timedelta | None:
    """The shortest silence that is one; none where no level reminds."""
    return min((one.limit for one in watches if one.limit is not None), default=None)


def limits_in_words(watches: Sequence[Watch]) -> str:
    """« de plus de 1 h », or what each level says."""
    limits = {one.level: one.limit for one in watches}
    only = shortest(watches)
    if only is not None and set(limits.values()) == {only}:
        return f"de plus de {length(only)}"
    said = "\u00a0; ".join(f"{level}, {length(limit) if limit else 'sans rappel'}" for level, limit in limits.items())
    return f"plus longs que le délai de rappel du niveau ({said})"


def of_watches(written: Iterable[tuple[datetime, int]], watches: Iterable[Watch]) -> list[Silence]:
    """The silences of each stretch, by the limit of its level."""
    known = list(written)
    return [
        silence
        for one in watches
        if one.limit is not None
        for silence in silences(known, one.limit, since=one.starts_at, until=one.ends_at)
    ]


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
