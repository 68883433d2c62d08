"""What a time line is made of: an axis, lanes of marks and bands, a curve. Positions go from 0, its start, to 1, its end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a mark is drawn: told from the others in black and white."""

    FLAG = "flag"
    DISC = "disc"
    RING = "ring"
    """Hollow: something is missing."""
    SQUARE = "square"
    HOUSE = "house"
    """A square under a roof."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment written on the axis of a time line, from 0 to 1."""

    position: float
    label: str
    is_major: bool = False
    """Where a day begins."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at one moment of a time line, or several that stand at the same place."""

    position: float
    label: str
    """The whole of it: « 14:10, décision n° 12 », « 7 décisions entre 14 h et 15 h »."""
    word: str = ""
    """What is written beside it; empty where the name of its lane is enough."""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Band:
    """Something that lasted, from one position of a time line to another."""

    start: float
    end: float
    label: str
    word: str = ""
    """What is written in it, where there is room."""


@dataclass(frozen=True, slots=True)
class Lane:
    """What is of one kind in a time line, under one name."""

    name: str
    shape: Shape = Shape.DISC
    marks: tuple[Mark, ...] = ()
    bands: tuple[Band, ...] = ()
    is_gap: bool = False
    """Whether its bands tell that nothing happened: they are drawn hatched."""
    empty: str = ""
    """What is written where nothing is drawn."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A number that changes by steps: from each position on, so many, until the next one."""

    name: str
    steps: tuple[tuple[float, int], ...]
    unit: str = ""

    @property
    def highest(self) -> int:
        return max((count for _, count in self.steps), default=0)
