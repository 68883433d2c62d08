"""The blocks of a printed document: plain, frozen, and the same for page, PDF and comparison.

A feature describes what it contributes as a `Chapter` of blocks. A whole `Document` is what a
publication freezes: it goes to JSON and comes back equal, and the public edition is the same
document without what was marked restricted. A consolidated document holds two versions: what has a `mark` is in one of
them only, and `formerly` is the same thing as it was in the older one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from crisis_plan.document.bars import bar_length
from crisis_plan.document.drawings import Drawing
from crisis_plan.document.drawn_lanes import drawn
from crisis_plan.document.lanes import Curve, Lane, Tick
from crisis_plan.document.revisions import Revision


class Edition(StrEnum):
    """Who a print is for (domain, section 12)."""

    RESTRICTED = "restreinte"
    PUBLIC = "publique"

    @property
    def label(self) -> str:
        return {"restreinte": "Édition restreinte", "publique": "Édition publique"}[self.value]


class Tone(StrEnum):
    """What a notice says before its words are read."""

    NEUTRAL = "neutral"
    WARNING = "warning"
    URGENT = "urgent"


class Part(StrEnum):
    """The place of a chapter in the document."""

    ALERT = "alert"
    CHANGES = "changes"
    BODY = "body"
    CARD = "card"
    """One page to be pinned up and read at arm's length: an action card."""
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with one look."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    restricted: bool = False
    mark: Revision = Revision.KEPT


Text = tuple[Span, ...]
"""Inline text: spans, read one after the other."""

Cell = str | Text
"""A table cell: a plain string where nothing needs a look, which is nearly always (and prints faster)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter: level 2 for a requirement, 3 and 4 inside its text."""

    kind: ClassVar[str] = "heading"

    text: str
    level: int = 2
    anchor: str = ""
    restricted: bool = False
    on_new_page: bool = False
    """Where the paper must start a sheet of its own, such as an action card to be pinned up."""
    mark: Revision = Revision.KEPT
    formerly: Heading | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"

    text: Text
    restricted: bool = False
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items are sequences of blocks, so that a list may hold a list."""

    kind: ClassVar[str] = "list"

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    restricted: bool = False
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: Cell
    restricted: bool = False
    passing: bool = False
    """Whether it changes by mere upkeep, such as how many were checked: a comparison of versions passes over it."""
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one a line."""

    kind: ClassVar[str] = "facts"

    facts: tuple[Fact, ...]
    restricted: bool = False
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `weight` is its share of the width."""

    heading: str
    weight: float = 1.0
    numeric: bool = False
    restricted: bool = False
    drawn: bool = False
    """Whether each number is drawn as a bar beside it, against the largest of the column."""
    passing: bool = False
    """Whether it changes by mere upkeep, such as the day of a check: a comparison of versions passes over it."""
    mark: Revision = Revision.KEPT
    formerly: Column | None = None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    key: str = ""
    """What identifies the line from one version to the next; empty: its first cell."""
    restricted: bool = False
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class Table:
    kind: ClassVar[str] = "table"

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = "Aucune ligne."
    restricted: bool = False
    whole: bool = False
    """Whether the paper keeps it on one page, where a page is enough: a matrix is read at one glance."""
    mark: Revision = Revision.KEPT
    formerly: Table | None = None
    """What of it differed, its columns and rows apart: they have marks of their own."""

    def bars(self, row: Row) -> tuple[float, ...]:
        """For each column, how long the row's bar is, from 0 to 1; 0 where nothing is drawn."""
        return tuple(
            bar_length(words(row.cells[index]), self._figures(index))
            if column.drawn and index < len(row.cells)
            else 0.0
            for index, column in enumerate(self.columns)
        )

    def _figures(self, index: int) -> list[str]:
        return [words(row.cells[index]) for row in self.rows if index < len(row.cells)]


@dataclass(frozen=True, slots=True)
class Notice:
    kind: ClassVar[str] = "notice"

    text: Text
    tone: Tone = Tone.NEUTRAL
    title: str = ""
    restricted: bool = False
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to do: when, by whom, what, and what shows that it is done."""

    text: Text
    when: str = ""
    """« T+15 min »."""
    who: str = ""
    proof: str = ""
    restricted: bool = False
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class CheckList:
    """Things to do in their order, each with a box to tick by hand."""

    kind: ClassVar[str] = "checklist"

    items: tuple[CheckItem, ...]
    restricted: bool = False
    mark: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What happened between two moments, drawn; and the table that says the same in words.

    What the drawing itself says is read in every edition; only cells and rows of the table may be restricted.
    """

    kind: ClassVar[str] = "timeline"

    caption: str
    starts: str
    ends: str
    """The two moments, in words."""
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    curve: Curve | None
    table: Table
    restricted: bool = False
    mark: Revision = Revision.KEPT

    def drawing(self, width: float) -> Drawing:
        """Where everything stands, so many units wide; the words are 14 units high."""
        return drawn(self.ticks, self.lanes, self.curve, width)

    @property
    def in_words(self) -> Table:
        """Its table, for the same readers."""
        return replace(self.table, restricted=self.restricted or self.table.restricted)


Block = Heading | Paragraph | BulletList | Facts | Table | Notice | CheckList | TimeLine


@dataclass(frozen=True, slots=True)
class Chapter:
    """One numbered part of the document, contributed by one feature."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    part: Part = Part.BODY
    restricted: bool = False
    concerns: tuple[str, ...] = ()
    """Whom it is for, by the names of their professions and functions; empty: everyone."""
    functions: tuple[str, ...] = ()
    """The identities of those functions: one that is renamed later is still the same."""
    mark: Revision = Revision.KEPT
    formerly: Chapter | None = None
    """What of it differed, its blocks apart."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document as it was on one day."""

    title: str
    organisation: str
    legal_name: str
    version: str
    """Its name: « Version 3 », « Version provisoire 1 »."""
    dated_on: date
    status: str
    author: str
    cover: Facts
    chapters: tuple[Chapter, ...]
    address: str
    """Where the current version is, absolute: printed as a QR code."""
    watermark: str = ""
    witness: str = ""
    """What proves on every page which state of a logbook it was printed from: a number and its seal."""
    formerly: Document | None = None
    """In a consolidated document, the older version, its chapters apart."""


def plain(text: str, *, bold: bool = False, italic: bool = False, href: str = "", restricted: bool = False) -> Text:
    """Inline text of a single span."""
    return (Span(text, bold=bold, italic=italic, href=href, restricted=restricted),)


def words(cell: Cell) -> str:
    """What a cell says, without its look."""
    return cell if isinstance(cell, str) else "".join(span.text for span in cell)
