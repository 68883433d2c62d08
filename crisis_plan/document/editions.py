"""The two editions of a document: everything, or what anyone may read. Source: domain, section 12."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Cell,
    CheckList,
    Document,
    Edition,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
    Text,
    TimeLine,
    words,
)


def is_blank(block: Block) -> bool:
    """Whether nothing would be seen of it."""
    match block:
        case Paragraph():
            return not words(block.text).strip()
        case Notice():
            return not (block.title + words(block.text)).strip()
        case BulletList() | CheckList():
            return not block.items
        case Facts():
            return not block.facts
        case Table():
            return not block.columns
        case Heading():
            return not block.text.strip()
        case TimeLine():
            return not block.lanes and is_blank(block.table)


def for_edition(document: Document, edition: Edition) -> Document:
    """The document that the readers of this edition may see."""
    if edition is Edition.RESTRICTED:
        return document
    return replace(
        document,
        cover=replace(document.cover, facts=tuple(_public_facts(document.cover.facts))),
        chapters=tuple(
            replace(chapter, blocks=public_blocks(chapter.blocks))
            for chapter in document.chapters
            if not chapter.restricted
        ),
        formerly=for_edition(document.formerly, edition) if document.formerly else None,
    )


def public_blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """What is left of these blocks for readers of the public edition."""
    shown = (_public(block) for block in blocks if not block.restricted)
    return tuple(block for block in shown if not is_blank(block))


def _public(block: Block) -> Block:
    match block:
        case Paragraph() | Notice():
            return replace(block, text=_public_text(block.text))
        case BulletList():
            items = (public_blocks(item) for item in block.items)
            return replace(block, items=tuple(item for item in items if item))
        case CheckList():
            steps = (replace(item, text=_public_text(item.text)) for item in block.items if not item.restricted)
            return replace(block, items=tuple(steps))
        case Facts():
            return replace(block, facts=tuple(_public_facts(block.facts)))
        case Table():
            return _public_table(block)
        case TimeLine():
            return replace(block, table=_public_table(block.table))
        case Heading():
            return block


def _public_text(text: Text) -> Text:
    return tuple(span for span in text if not span.restricted)


def public_cell(cell: Cell) -> Cell:
    """What is left of a cell for readers of the public edition."""
    return cell if isinstance(cell, str) else _public_text(cell)


def _public_facts(facts: Iterable[Fact]) -> Iterable[Fact]:
    return (replace(fact, value=public_cell(fact.value)) for fact in facts if not fact.restricted)


def _public_table(table: Table) -> Table:
    kept = [index for index, column in enumerate(table.columns) if not column.restricted]
    return replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(
            replace(row, cells=tuple(public_cell(row.cells[index]) for index in kept if index < len(row.cells)))
            for row in table.rows
            if not row.restricted
        ),
    )
