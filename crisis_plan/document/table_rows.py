"""The rows of a table seen as things that stay themselves from one version to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crisis_plan.document.blocks import Row, Table, words
from crisis_plan.document.editions import public_cell

NAMED_AT_MOST = 3
"""Rows that a sentence names; beyond, it only counts them."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row says, by column heading: to all its readers, and to those of the public edition."""

    cells: dict[str, str]
    public: dict[str, str]
    restricted: bool
    key: str = ""

    @property
    def name(self) -> str:
        """Its first cell, unless only the restricted edition shows it."""
        return self.public.get(next(iter(self.cells), ""), "").strip()

    @property
    def said(self) -> str:
        return " · ".join(cell for cell in self.cells.values() if cell)

    def changed_headings(self, old: TableRow, *, public: bool) -> list[str]:
        now, then = (self.public, old.public) if public else (self.cells, old.cells)
        return [heading for heading in dict.fromkeys((*now, *then)) if now.get(heading) != then.get(heading)]

    def differs_in_public(self, old: TableRow) -> bool:
        return not self.restricted and bool(self.changed_headings(old, public=True))


def by_key(table: Table | None) -> dict[tuple[str, int], TableRow]:
    """Rows by what identifies them, and by rank among those that share it."""
    if table is None:
        return {}
    found: dict[tuple[str, int], TableRow] = {}
    ranks: dict[str, int] = {}
    for row in table.rows:
        key = row.key or (words(row.cells[0]) if row.cells else "")
        ranks[key] = ranks.get(key, 0) + 1
        found[key, ranks[key]] = _table_row(table, row, key)
    return found


def named(rows: Sequence[TableRow]) -> str:
    """The rows' names when few enough to be read."""
    names = [row.name for row in rows]
    return ", ".join(names) if len(names) <= NAMED_AT_MOST and all(names) else ""


def number(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _table_row(table: Table, row: Row, key: str) -> TableRow:
    cells: dict[str, str] = {}
    public: dict[str, str] = {}
    for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=False)):
        heading = f"colonne {index + 1}" if column.heading in cells or not column.heading else column.heading
        if column.passing:
            continue
        cells[heading] = words(cell)
        if not column.restricted:
            public[heading] = words(public_cell(cell))
    return TableRow(cells, public, table.restricted or row.restricted, key)
