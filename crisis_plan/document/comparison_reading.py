"""What is shown of a consolidated document: all of it on paper; on a screen, the sections that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_plan.document.blocks import (
    Block,
    BulletList,
    Cell,
    Chapter,
    CheckList,
    Document,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
    Text,
    TimeLine,
)
from crisis_plan.document.comparison_text import joined
from crisis_plan.document.revisions import Revision
from crisis_plan.document.sections import ChangeKind

KINDS = {Revision.ADDED: ChangeKind.ADDED, Revision.REMOVED: ChangeKind.REMOVED}


def shown(document: Document) -> Document:
    """Without what moved away, since it is read where it went, and with only the present of what mere upkeep changes."""
    kept = (chapter for chapter in document.chapters if chapter.mark is not Revision.MOVED_AWAY)
    return replace(document, chapters=tuple(replace(one, blocks=tuple(map(_shown, one.blocks))) for one in kept))


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in one chapter."""

    chapter: Chapter
    """Its sections that changed, and of their tables the lines that did."""
    same: int
    """How many sections did not."""
    kinds: tuple[ChangeKind, ...]
    """What became of each paragraph, item, fact and line that is not as it was."""

    def count(self, kind: ChangeKind) -> int:
        return self.kinds.count(kind)


def changed(chapter: Chapter) -> Changed:
    """What a reader in a hurry is shown of a chapter that `shown` gave."""
    if chapter.mark in KINDS:
        return Changed(chapter, 0, (KINDS[chapter.mark],))
    sections = list(_sections(chapter.blocks))
    kinds = [tuple(kind for block in section for kind in _kinds(block)) for section in sections]
    moved = [section for section, found in zip(sections, kinds, strict=True) if found]
    blocks = tuple(block for section in moved for block in _abridged(section))
    was_renamed = chapter.formerly is not None and chapter.formerly.title != chapter.title
    told = (*_if_changed(was_renamed), *(one for all_ in kinds for one in all_))
    return Changed(replace(chapter, blocks=blocks), len(sections) - len(moved), told)


def _shown(block: Block) -> Block:
    match block:
        case Table():
            return _shown_table(block)
        case TimeLine():
            return replace(block, table=_shown_table(block.table))
        case Facts():
            return replace(block, facts=tuple(_present_fact(fact) for fact in block.facts))
        case BulletList():
            return replace(block, items=tuple(tuple(map(_shown, item)) for item in block.items))
        case _:
            return block


def _present_fact(fact: Fact) -> Fact:
    return replace(fact, value=_present(fact.value)) if fact.passing else fact


def _shown_table(table: Table) -> Table:
    """A bar would be measured on both figures of a cell: none is drawn."""
    passing = [rank for rank, column in enumerate(table.columns) if column.passing]
    return replace(
        table,
        columns=tuple(replace(column, drawn=False) for column in table.columns),
        rows=tuple(_shown_row(row, passing) for row in table.rows if row.mark is not Revision.MOVED_AWAY),
    )


def _shown_row(row: Row, passing: Sequence[int]) -> Row:
    if not passing or row.mark is Revision.REMOVED:
        return row
    return replace(row, cells=tuple(_present(cell) if rank in passing else cell for rank, cell in enumerate(row.cells)))


def _present(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell
    return joined(replace(span, mark=Revision.KEPT) for span in cell if span.mark is not Revision.REMOVED)


def _sections(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2 and section and not _is_pair(section, block):
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def _is_pair(section: Sequence[Block], heading: Heading) -> bool:
    """Whether a heading takes the place of the one before it."""
    return len(section) == 1 and section[0].mark is Revision.REMOVED and heading.mark is Revision.ADDED


def _kinds(block: Block) -> Iterator[ChangeKind]:
    """What became of it, or of what is in it."""
    if block.mark in KINDS:
        yield KINDS[block.mark]
        return
    match block:
        case Heading():
            yield from _if_changed(block.formerly is not None and block.formerly.text != block.text)
        case Paragraph() | Notice():
            yield from _if_changed(_is_woven(block.text))
        case BulletList():
            yield from (kind for item in block.items for one in item for kind in _kinds(one))
        case CheckList():
            for step in block.items:
                yield from _of_part(step.mark, _is_woven(step.text))
        case Facts():
            for fact in block.facts:
                yield from _of_part(fact.mark, _is_woven(fact.value))
        case Table():
            for column in block.columns:
                yield from _of_part(column.mark, False)
            for row in block.rows:
                yield from _of_row(row)
        case TimeLine():
            yield from _kinds(block.table)


def _of_row(row: Row) -> Iterator[ChangeKind]:
    return _of_part(row.mark, any(map(_is_woven, row.cells)))


def _of_part(mark: Revision, is_woven: bool) -> Iterator[ChangeKind]:
    if mark in KINDS:
        yield KINDS[mark]
    else:
        yield from _if_changed(is_woven)


def _if_changed(is_so: bool) -> Iterator[ChangeKind]:
    if is_so:
        yield ChangeKind.CHANGED


def _is_woven(cell: Cell | Text) -> bool:
    return not isinstance(cell, str) and any(span.mark for span in cell)


def _abridged(section: Iterable[Block]) -> Iterator[Block]:
    """A section without the lines and facts that stayed, nor the headings that nothing follows then."""
    waiting: list[Heading] = []
    for block in map(_without_same, section):
        if isinstance(block, Heading) and not block.mark and block.level > 2:
            waiting = [*(one for one in waiting if one.level < block.level), block]
        elif block is not None:
            yield from waiting
            yield block
            waiting = []


def _without_same(block: Block) -> Block | None:
    if block.mark:
        return block
    match block:
        case Table():
            rows = tuple(row for row in block.rows if any(_of_row(row)))
            is_wider = any(column.mark for column in block.columns)
            return replace(block, rows=rows) if rows else replace(block, rows=()) if is_wider else None
        case Facts():
            facts = tuple(fact for fact in block.facts if fact.mark or _is_woven(fact.value))
            return replace(block, facts=facts) if facts else None
        case TimeLine():
            return block if any(_kinds(block)) else None
        case _:
            return block
