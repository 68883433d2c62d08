"""Where marks and words find a place without touching one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crisis_plan.document.drawings import Point
from crisis_plan.document.lanes import Mark

ROWS = 6
"""Words one under the other in a lane; what finds no place among them is drawn without words."""
PEAKS = 8
"""Steps of a curve that bear their number."""


@dataclass(slots=True)
class Rows:
    """Words beside their marks, moved down a row where they would touch."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def place(self, start: float, end: float, *, lines: int = 1, most: int = ROWS) -> int | None:
        """The first row from which so many lines are free; none when so many rows are full."""
        for rank in range(most - lines + 1):
            if all(self._is_free(row, start, end) for row in self.taken[rank : rank + lines]):
                self.taken += [[] for _ in range(rank + lines - len(self.taken))]
                for row in self.taken[rank : rank + lines]:
                    row.append((start, end))
                return rank
        return None

    @staticmethod
    def _is_free(row: Sequence[tuple[float, float]], start: float, end: float) -> bool:
        return all(end < other_start or start > other_end for other_start, other_end in row)


def radius(count: int) -> float:
    return 6.0 if count == 1 else 10.0 if count < 10 else 11.5 if count < 100 else 15.0


def apart(marks: Sequence[Mark], wide: float) -> list[Mark]:
    """The same marks, those that would touch counted as one."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda one: one.position):
        while found and (mark.position - found[-1].position) * wide < radius(mark.count) + radius(found[-1].count) + 1:
            mark = _together(found.pop(), mark)
        found.append(mark)
    return found


def _together(one: Mark, other: Mark) -> Mark:
    count = one.count + other.count
    position = (one.position * one.count + other.position * other.count) / count
    return Mark(position, "\n".join(part for part in (one.label, other.label) if part), count=count)


def stairs(steps: Sequence[Point], floor: float, right: float) -> tuple[Point, ...]:
    """The area under the steps, down to the floor."""
    corners: list[Point] = [(steps[0][0], floor)]
    for (x, y), (to_x, _) in zip(steps, [*steps[1:], (right, floor)], strict=True):
        corners += [(x, y), (to_x, y)]
    return (*corners, (right, floor))


def peaks(steps: Sequence[Point], right: float, wide: float) -> Iterator[Point]:
    """Where the curve rises and words of this width have room above it, the highest first."""
    rows, told = Rows(), 0
    rising = {step for before, step in pairwise(steps) if step[1] < before[1]}
    for x, y in sorted(rising, key=lambda step: (step[1], step[0])):
        is_clear = all(y <= other for other in _between(steps, x, min(x + wide, right)))
        if is_clear and told < PEAKS and rows.place(x, x + wide + 6, most=1) is not None:
            told += 1
            yield x, y


def _between(steps: Sequence[Point], start: float, end: float) -> Iterator[float]:
    """How high the curve stands at any moment between these."""
    for (x, y), (to_x, _) in pairwise([*steps, (end, 0.0)]):
        if x < end and to_x > start:
            yield y
