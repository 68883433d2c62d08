"""A drawing as plain marks, from its upper left corner: the page and the paper make the same ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import cos, pi, sin
from typing import NamedTuple

from crisis_plan.document.lanes import Shape

SIZE = 14.0
"""The height of words, in units."""

DISC_CORNERS = 24
"""Of a disc, where a pen only knows corners."""

Point = tuple[float, float]


class Anchor(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"


class Look(StrEnum):
    """How words look."""

    NAME = "name"
    TICK = "tick"
    DAY = "day"
    WORD = "word"
    ON_DARK = "on-dark"
    ON_LIGHT = "on-light"

    @property
    def is_bold(self) -> bool:
        return self in {Look.NAME, Look.DAY, Look.ON_DARK, Look.ON_LIGHT}

    @property
    def size(self) -> float:
        return SIZE - 1 if self in {Look.TICK, Look.ON_DARK, Look.ON_LIGHT} else SIZE


class Label(NamedTuple):
    """Words on a baseline."""

    x: float
    y: float
    text: str
    look: Look = Look.WORD
    anchor: Anchor = Anchor.START


class Bar(NamedTuple):
    """What lasted; hatched where nothing happened."""

    x: float
    y: float
    width: float
    height: float
    title: str = ""
    is_hatched: bool = False


class Dot(NamedTuple):
    """What happened at one moment."""

    x: float
    y: float
    radius: float
    shape: Shape
    title: str = ""

    @property
    def corners(self) -> tuple[Point, ...]:
        """Its outline, where it is drawn with a pen that only knows corners."""
        x, y, r = self.x, self.y, self.radius
        match self.shape:
            case Shape.SQUARE:
                return (x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)
            case Shape.HOUSE:
                roof = y - r * 0.45
                return (x, y - r * 1.35), (x + r, roof), (x + r, y + r), (x - r, y + r), (x - r, roof)
            case Shape.FLAG:
                return (x, y - r * 1.2), (x + r * 1.2, y), (x, y + r * 1.2), (x - r * 1.2, y)
            case Shape.DISC | Shape.RING:
                turns = (2 * pi * step / DISC_CORNERS for step in range(DISC_CORNERS))
                return tuple((x + r * cos(turn), y + r * sin(turn)) for turn in turns)

    @property
    def is_round(self) -> bool:
        return self.shape in {Shape.DISC, Shape.RING}

    @property
    def is_hollow(self) -> bool:
        return self.shape is Shape.RING


class Upright(NamedTuple):
    """A line of the axis, from top to bottom; stronger where a day begins."""

    x: float
    top: float
    bottom: float
    is_major: bool = False


class Level(NamedTuple):
    """A line under a lane, or on which a curve stands."""

    x: float
    to_x: float
    y: float


@dataclass(slots=True)
class Drawing:
    """Everything to draw, in the order in which it is drawn."""

    width: float
    height: float = 0.0
    uprights: list[Upright] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    area: tuple[Point, ...] = ()
    """Under the curve; empty without one."""
    dots: list[Dot] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


NARROW_LETTERS = frozenset("iljtfrI.,:;’'()!| \u00a0\u202f1")
WIDE_LETTERS = frozenset("mwMWOQGDHNU–—%œæ")


def measured(text: str, look: Look = Look.WORD) -> float:
    """About how wide these words are, rather too much than too little."""
    letters = sum(0.34 if one in NARROW_LETTERS else 0.8 if one in WIDE_LETTERS else 0.55 for one in text)
    return letters * look.size * (1.04 if look.is_bold else 1.0)


def wrapped(text: str, wide: float, look: Look) -> list[str]:
    """The words in lines of this width at most; at least one line, however empty."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measured(longer, look) > wide:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
