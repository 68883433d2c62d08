"""One sheet of paper as a list of marks to make: cheap to keep, to move and to count before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from crisis_plan.document.paper.fonts import Face
from crisis_plan.document.paper.styles import FRAME, Frame
from crisis_plan.document.revisions import Revision


class Words(NamedTuple):
    """Text on a baseline."""

    x: float
    y: float
    face: Face
    size: float
    colour: str
    text: str


class Box(NamedTuple):
    """A filled rectangle, or its outline when `outline` has a width."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    outline: float = 0


class Rule(NamedTuple):
    """A straight line; dotted for leaders."""

    x: float
    y: float
    to_x: float
    to_y: float
    thickness: float
    colour: str
    dotted: bool = False
    dash: tuple[float, ...] = ()
    """Drawn and left out in turn, in points."""


class Polygon(NamedTuple):
    """A filled shape with an outline, by its corners."""

    corners: tuple[tuple[float, float], ...]
    fill: str
    colour: str
    outline: float


class Link(NamedTuple):
    """A place to click: an address, or an anchor of the document when it starts with #."""

    x: float
    y: float
    width: float
    height: float
    target: str


class Leader(NamedTuple):
    """Dots that lead to a page number, written once every page is known."""

    x: float
    to_x: float
    y: float
    face: Face
    size: float
    anchor: str
    rank: int
    """The place of its number among the words of the sheet: a contents line is read whole."""


class Entry(NamedTuple):
    """What contents and bookmarks lead to."""

    level: int
    number: str
    title: str
    anchor: str
    y: float


class Sign(NamedTuple):
    """A line of text in which something came or went: said in the margin, for who sees neither strokes nor colours."""

    x: float
    y: float
    mark: Revision


@dataclass(slots=True)
class Sheet:
    """The marks of one page."""

    words: list[Words] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    polygons: list[Polygon] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    underlines: list[Rule] = field(default_factory=list)
    """Of links: left out where an underline says that words were added."""
    frame: Frame = FRAME
    end: float = FRAME.top
    """Where the next thing may start, from the bottom of the page."""
    is_bare: bool = False
    """Without header and footer: the cover."""

    def absorb(self, other: Sheet, down: float) -> None:
        """Take the marks of another sheet, moved down by so many points."""
        read_before = len(self.words)
        self.words += [mark._replace(y=mark.y - down) for mark in other.words]
        self.boxes += [mark._replace(y=mark.y - down) for mark in other.boxes]
        self.rules += [mark._replace(y=mark.y - down, to_y=mark.to_y - down) for mark in other.rules]
        self.polygons += [
            mark._replace(corners=tuple((x, y - down) for x, y in mark.corners)) for mark in other.polygons
        ]
        self.links += [mark._replace(y=mark.y - down) for mark in other.links]
        self.leaders += [mark._replace(y=mark.y - down, rank=mark.rank + read_before) for mark in other.leaders]
        self.entries += [entry._replace(y=entry.y - down) for entry in other.entries]
        self.signs += [sign._replace(y=sign.y - down) for sign in other.signs]
        self.underlines += [mark._replace(y=mark.y - down, to_y=mark.to_y - down) for mark in other.underlines]
        self.end = other.end - down
