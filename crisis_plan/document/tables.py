"""Facts and tables: what a document says line by line, in which a comparison finds each line again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crisis_plan.document.bars import bar_length
from crisis_plan.document.revisions import Revision
from crisis_plan.document.words import Cell, words


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
