"""Lines that people put in their own order, one step at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """A line of a list, which knows its rank."""

    position: int


Line = TypeVar("Line", bound=Placed)


def move(lines: Sequence[Line], line: Line, step: int) -> bool:
    """Exchange a line with its neighbour and number all of them from 1. Whether it could move."""
    order = list(lines)
    old = order.index(line)
    new = old + step
    if not 0 <= new < len(order):
        return False
    order[old], order[new] = order[new], order[old]
    for position, one in enumerate(order, start=1):
        one.position = position
    return True


def next_position(lines: Iterable[Placed]) -> int:
    """Where a new line goes: after all others."""
    return max((line.position for line in lines), default=0) + 1
