"""Reading a version on screen: its cards one by one; an annex found by words, in pages, where the paper prints every line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_plan.document.blocks import Block, Chapter, Document, Heading, Part, Row, Table, words
from crisis_plan.folding import folded
from crisis_plan.web.pages import Page, page_of_list


@dataclass(frozen=True)
class CardAmongOthers:
    """A card of a version, its number, and those before and after it."""

    number: int
    chapter: Chapter
    before: Chapter | None
    after: Chapter | None


def chapters_of(document: Document | None, part: Part) -> list[Chapter]:
    """The chapters of one part of a frozen document; none of a version written elsewhere."""
    return [one for one in document.chapters if one.part is part] if document else []


def beside(cards: Sequence[Chapter], key: str) -> CardAmongOthers | None:
    """The card with this key; none when there is no such card."""
    for rank, card in enumerate(cards):
        if card.key == key:
            before = cards[rank - 1] if rank else None
            return CardAmongOthers(rank + 1, card, before, cards[rank + 1] if rank + 1 < len(cards) else None)
    return None


def annex_page(annex: Chapter, *, asked: str, number: int) -> tuple[Chapter, Page[Row]]:
    """The annex with one page of the lines that hold every asked word, in any order and without accents."""
    sought = folded(asked[:200]).split()
    rows = [row for block in annex.blocks if isinstance(block, Table) for row in block.rows if _says(row, sought)]
    page = page_of_list(rows, number)
    shown = {id(row) for row in page.items}
    blocks = (
        replace(block, rows=tuple(row for row in block.rows if id(row) in shown)) if isinstance(block, Table) else block
        for block in annex.blocks
        if isinstance(block, Table | Heading) or not page.has_previous
    )
    return replace(annex, blocks=tuple(_without_empty_parts(blocks))), page


def _says(row: Row, sought: list[str]) -> bool:
    if not sought:
        return True
    said = folded(" ".join(words(cell) for cell in row.cells))
    return all(word in said for word in sought)


def _without_empty_parts(blocks: Iterable[Block]) -> Iterator[Block]:
    """No heading above nothing: a part without a line on this page is not named."""
    waiting: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            waiting = [*(one for one in waiting if one.level < block.level), block]
        elif not isinstance(block, Table) or block.rows:
            yield from waiting
            yield block
            waiting = []
