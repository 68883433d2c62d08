"""The blocks of a printed document: plain, frozen, and the same for page, PDF and comparison.

A feature describes what it contributes as a `Chapter` of blocks. A whole `Document` is what a
publication freezes: it goes to JSON and comes back equal, and the public edition is the same
document without what was marked restricted. A consolidated document holds two versions: what has a `mark` is in one of
them only, and `formerly` is the same thing as it was in the older one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from crisis_plan.document.revisions import Revision
from crisis_plan.document.tables import Column, Fact, Facts, Row, Table
from crisis_plan.document.time_lines import TimeLine
from crisis_plan.document.words import Cell, Span, Text, plain, words

__all__ = [
    "Block",
    "BulletList",
    "Cell",
    "Chapter",
    "CheckItem",
    "CheckList",
    "Column",
    "Document",
    "Edition",
    "Fact",
    "Facts",
    "Heading",
    "Notice",
    "Paragraph",
    "Part",
    "Row",
    "Span",
    "Table",
    "Text",
    "TimeLine",
    "Tone",
    "plain",
    "words",
]


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
