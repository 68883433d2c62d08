"""The marks of a consolidated document brought down to its words, for what only knows how to print words."""

from __future__ import annotations

from dataclasses import replace

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Cell,
    Chapter,
    CheckItem,
    CheckList,
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
)
from crisis_plan.document.comparison_text import spans_of
from crisis_plan.document.revisions import Revision


def marked(text: str, mark: Revision, formerly: str = "") -> Cell:
    """A title with its mark; one that was called otherwise says both."""
    if mark:
        return (Span(text, mark=mark),)
    if formerly and formerly != text:
        return (Span(formerly, mark=Revision.REMOVED), Span(" "), Span(text, mark=Revision.ADDED))
    return text


def in_words(document: Document) -> Document:
    """The same document: a word that is gone or came says so itself, whatever it stands in."""
    if document.formerly is None:
        return document
    return replace(document, chapters=tuple(map(_chapter, document.chapters)))


def _chapter(chapter: Chapter) -> Chapter:
    mark = chapter.mark if chapter.mark in (Revision.ADDED, Revision.REMOVED) else Revision.KEPT
    return replace(chapter, blocks=tuple(_block(block, mark) for block in chapter.blocks))


def _block(block: Block, around: Revision) -> Block:
    mark = around or block.mark
    match block:
        case Heading():
            return replace(block, mark=mark)
        case Paragraph() | Notice():
            return replace(block, text=_text(block.text, mark), mark=mark)
        case BulletList():
            items = (tuple(_block(one, mark) for one in item) for item in block.items)
            return replace(block, items=tuple(items), mark=mark)
        case CheckList():
            return replace(block, items=tuple(_step(item, mark) for item in block.items), mark=mark)
        case Facts():
            return replace(block, facts=tuple(_fact(fact, mark) for fact in block.facts), mark=mark)
        case Table():
            return _table(block, mark)
        case TimeLine():
            return replace(block, table=_table(block.table, mark), mark=mark)


def _step(item: CheckItem, around: Revision) -> CheckItem:
    mark = around or item.mark
    return replace(item, text=_text(item.text, mark), mark=mark)


def _fact(fact: Fact, around: Revision) -> Fact:
    mark = around or fact.mark
    return replace(fact, value=_cell(fact.value, mark), mark=mark)


def _table(table: Table, around: Revision) -> Table:
    mark = around or table.mark
    columns = tuple(replace(column, mark=mark or column.mark) for column in table.columns)
    marks = [column.mark for column in columns]
    return replace(table, columns=columns, rows=tuple(_row(row, mark, marks) for row in table.rows), mark=mark)


def _row(row: Row, around: Revision, columns: list[Revision]) -> Row:
    """A row that moved is where it is; what changed in it is marked word by word."""
    mark = around or (row.mark if row.mark is not Revision.MOVED_HERE else Revision.KEPT)
    if not mark and not any(columns) and all(isinstance(cell, str) for cell in row.cells):
        return row
    kept = [*columns, *[Revision.KEPT] * (len(row.cells) - len(columns))]
    cells = (_cell(cell, mark or column) for cell, column in zip(row.cells, kept, strict=False))
    return replace(row, cells=tuple(cells), mark=mark)


def _cell(cell: Cell, mark: Revision) -> Cell:
    if not cell or (isinstance(cell, str) and not mark):
        return cell
    return _text(spans_of(cell), mark)


def _text(text: Text, mark: Revision) -> Text:
    """What is gone and what took its place do not touch."""
    if mark:
        return tuple(replace(span, mark=mark) for span in text)
    found: list[Span] = []
    for span in text:
        last = found[-1] if found else Span(" ")
        if span.mark is Revision.ADDED and last.mark is Revision.REMOVED and not last.text[-1:].isspace():
            found.append(Span(" "))
        found.append(span)
    return tuple(found)
