"""How many people were at work at once, from one moment to the next."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate

from crisis_plan.pilotage.mobilisation.rules import Interval

MOST_STEPS = 120
"""Of a curve; beyond, the highest of each stretch is kept."""


def at_once(people: Iterable[Sequence[Interval]]) -> list[tuple[datetime, int]]:
    """From each moment on, how many: `people` holds the times of each, and nobody counts twice at once."""
    changes: Counter[datetime] = Counter()
    for times in people:
        for start, end in _merged(times):
            changes[start] += 1
            changes[end] -= 1
    moments = sorted(at for at, change in changes.items() if change)
    return list(zip(moments, accumulate(changes[at] for at in moments), strict=True))


def on_axis(
    steps: Sequence[tuple[datetime, int]], position: Callable[[datetime], float]
) -> tuple[tuple[float, int], ...]:
    """The same steps on an axis, at most so many: beyond, the highest count of each stretch."""
    placed = [(0.0, 0), *((position(at), count) for at, count in steps)]
    return tuple(placed) if len(placed) <= MOST_STEPS else tuple(_highest(placed))


def _highest(placed: Sequence[tuple[float, int]]) -> Iterator[tuple[float, int]]:
    """For each stretch the highest count that holds in it, written where it differs from the one before."""
    left, running, shown = deque(placed), 0, -1
    for stretch in range(MOST_STEPS):
        highest = running
        while left and left[0][0] < (stretch + 1) / MOST_STEPS:
            running = left.popleft()[1]
            highest = max(highest, running)
        if stretch == MOST_STEPS - 1:
            highest = max([highest, *(count for _, count in left)])
        if highest != shown:
            yield round(stretch / MOST_STEPS, 4), highest
            shown = highest


def _merged(times: Sequence[Interval]) -> list[Interval]:
    """One person's times, those that overlap or touch made one."""
    found: list[Interval] = []
    for start, end in sorted(times):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
