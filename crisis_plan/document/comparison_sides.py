"""Either version, told again from the consolidated document that holds both: exactly what was compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Cell,
    Chapter,
    CheckItem,
    CheckList,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    TimeLine,
    words,
)
from crisis_plan.document.comparison_text import OF_SPANS, joined
from crisis_plan.document.revisions import ONLY_AFTER, ONLY_BEFORE, Revision

Marked = TypeVar("Marked", Span, Fact, CheckItem, Row, Column, Chapter, Block)
Named = TypeVar("Named", Heading, Column, Table, Chapter, Document)


def before_of(consolidated: Document) -> Document:
    """The older version."""
    return _Side(ONLY_AFTER, is_older=True).document(consolidated)


def after_of(consolidated: Document) -> Document:
    """The newer version."""
    return _Side(ONLY_BEFORE, is_older=False).document(consolidated)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two versions: what is only in the other is left out."""

    absent: frozenset[Revision]
    is_older: bool

    def document(self, document: Document) -> Document:
        named = self.named(document)
        return replace(named, chapters=tuple(map(self.chapter, self.kept(document.chapters))))

    def chapter(self, chapter: Chapter) -> Chapter:
        return replace(self.named(chapter), blocks=self.blocks(chapter.blocks))

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map(self.block, self.kept(blocks)))

    def block(self, block: Block) -> Block:
        match block:
            case Heading():
                return self.named(block)
            case Paragraph() | Notice():
                return replace(block, text=self.text(block.text))
            case BulletList():
                return replace(block, items=self.items(block.items))
            case CheckList():
                steps = (replace(item, text=self.text(item.text)) for item in self.kept(block.items))
                return replace(block, items=tuple(steps))
            case Facts():
                facts = (replace(fact, value=self.cell(fact.value)) for fact in self.kept(block.facts))
                return replace(block, facts=tuple(facts))
            case Table():
                return self.table(block)
            case TimeLine():
                return replace(block, table=self.table(block.table))

    def items(self, items: Iterable[tuple[Block, ...]]) -> tuple[tuple[Block, ...], ...]:
        """An item of which nothing is left was only in the other version."""
        told = ((item, self.blocks(item)) for item in items)
        return tuple(left for item, left in told if left or not item)

    def table(self, table: Table) -> Table:
        here = [rank for rank, column in enumerate(table.columns) if column.mark not in self.absent]
        is_narrower = len(here) < len(table.columns)
        rows = (self.row(row, here if is_narrower else range(len(row.cells))) for row in self.kept(table.rows))
        columns = map(self.named, self.kept(table.columns))
        return replace(self.named(table), columns=tuple(columns), rows=tuple(rows))

    def row(self, row: Row, ranks: Iterable[int]) -> Row:
        return replace(row, cells=tuple(self.cell(row.cells[rank]) for rank in ranks))

    def cell(self, cell: Cell) -> Cell:
        """Words without a look were a plain string, unless it is said that they were not."""
        if isinstance(cell, str) or not any(span.mark for span in cell):
            return cell
        told = self.text(cell)
        said = words(told)
        if cell[0] == OF_SPANS:
            return told
        return said if told in ((), (Span(said),)) else told

    def text(self, text: Text) -> Text:
        return joined(self.kept(text)) if any(span.mark for span in text) else text

    def kept(self, things: Iterable[Marked]) -> Iterable[Marked]:
        """Those of this version, without their mark."""
        for one in things:
            if not one.mark:
                yield one
            elif one.mark not in self.absent:
                yield replace(one, mark=Revision.KEPT)

    def named(self, thing: Named) -> Named:
        """The thing as this version had it."""
        if thing.formerly is None:
            return thing
        return thing.formerly if self.is_older else replace(thing, formerly=None)
