"""A document cut at its level-2 headings: the pieces in which people look for what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Chapter,
    CheckItem,
    CheckList,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Table,
    TimeLine,
    words,
)


class ChangeKind(StrEnum):
    """What happened to a thing between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return {"added": "Ajout", "removed": "Retrait", "changed": "Modification"}[self.value]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happened to one row of a table, found by what identifies it."""

    key: str
    kind: ChangeKind
    headings: tuple[str, ...] = ()
    """The columns that changed, of a row that stays."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, and a sentence for who reads it."""

    kind: ChangeKind
    place: str
    """The chapter's title."""
    heading: str
    """The level-2 heading, empty for what precedes the first one."""
    sentence: str
    restricted: bool = False
    """Nothing that a reader of the public edition can see has changed."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    chapter_key: str = ""
    anchor: str = ""
    """What identifies the section in its chapter; empty where the whole chapter comes or goes."""
    rows: tuple[RowChange, ...] = ()
    """Of a table, the rows that it is about."""
    is_passing: bool = False
    """Whether only a warning came or went: the tool says it as days go by, nobody changed the plan."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading of one chapter."""

    chapter: str
    heading: str
    blocks: tuple[Block, ...]
    restricted: bool
    of_restricted_chapter: bool
    chapter_key: str = ""
    anchor: str = ""

    def change(
        self,
        kind: ChangeKind,
        sentence: str,
        *,
        restricted: bool,
        before: Iterable[str] = (),
        after: Iterable[str] = (),
        rows: Iterable[RowChange] = (),
        is_passing: bool = False,
    ) -> Change:
        return Change(
            kind,
            self.chapter,
            self.heading,
            sentence,
            restricted or self.restricted,
            tuple(before),
            tuple(after),
            self.chapter_key,
            self.anchor,
            tuple(rows),
            is_passing,
        )


def by_chapter(document: Document) -> dict[str, Chapter]:
    """Chapters by their key; the change list itself is not a change."""
    return {chapter.key: chapter for chapter in document.chapters if chapter.part is not Part.CHANGES}


def sections(chapter: Chapter) -> dict[str, Section]:
    """Its sections by their anchor, in their order: one at least."""
    found: dict[str, Section] = {}
    heading, blocks = Heading(""), list[Block]()
    for block in (*chapter.blocks, Heading("")):
        if not (isinstance(block, Heading) and block.level <= 2):
            blocks.append(block)
            continue
        if heading.text or blocks or not (found or block.text):
            key = _free_key(heading.anchor or heading.text, found)
            found[key] = _section(chapter, heading, key, tuple(blocks))
        heading, blocks = block, []
    return found


def lines(blocks: Iterable[Block]) -> Iterable[str]:
    """What blocks say, a line for each paragraph, item, fact or table row."""
    for block in blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph() | Notice():
                yield words(block.text)
            case BulletList():
                for item in block.items:
                    yield from (f"– {line}" for line in lines(item))
            case CheckList():
                yield from map(_said, block.items)
            case Facts():
                yield from (f"{fact.label}\u00a0: {words(fact.value)}" for fact in block.facts)
            case Table():
                yield from (" · ".join(words(cell) for cell in row.cells) for row in block.rows)
            case TimeLine():
                yield from lines((block.table,))


def _said(item: CheckItem) -> str:
    """« T+15 min – Secrétariat – Ouvrir le journal (preuve : heure notée) »."""
    said = " – ".join(part for part in (item.when, item.who, words(item.text)) if part)
    return f"{said} (preuve\u00a0: {item.proof})" if item.proof else said


def _section(chapter: Chapter, heading: Heading, key: str, blocks: tuple[Block, ...]) -> Section:
    all_restricted = bool(blocks) and all(block.restricted for block in blocks)
    return Section(
        chapter.title,
        heading.text,
        blocks,
        restricted=chapter.restricted or heading.restricted or (all_restricted and not heading.text),
        of_restricted_chapter=chapter.restricted,
        chapter_key=chapter.key,
        anchor=key,
    )


def _free_key(wanted: str, taken: dict[str, Section]) -> str:
    key, count = wanted, 2
    while key in taken:
        key, count = f"{wanted} ({count})", count + 1
    return key
