"""Which column of a file is which field: said by people of the CPTS before, else told by its heading, else by its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from crisis_plan.imports.sheets import Sheet, SheetLine

Matching = Mapping[str, str]
"""Folded heading to the key of a field; empty where the column is not read."""

NOT_READ = ""
LOOKED_AT = 40
"""Cells that are looked at to guess what an unknown column holds."""
MOSTLY = 0.7
SAMPLES = 2
LONGEST_SAMPLE = 40


@dataclass(frozen=True)
class Field:
    """What a feature reads, how people call it, and what its cells look like."""

    key: str
    label: str
    headings: tuple[str, ...] = ()
    group: str = ""
    is_required: bool = False
    holds_several: bool = False
    """Whether several columns may be this field: telephones, addresses."""
    looks: re.Pattern[str] | None = None
    """What a cell of a column that nobody named looks like."""


def guess(sheet: Sheet, fields: Iterable[Field], remembered: Matching | None = None) -> dict[str, str]:
    """A field for each heading of the table, or none."""
    known, said = list(fields), remembered or {}
    keys = {field.key for field in known}
    named = {heading: field.key for field in known for heading in field.headings}
    found = {
        heading: said[heading] if said.get(heading, "?") in keys | {NOT_READ} else named.get(heading, NOT_READ)
        for heading in sheet.keys
    }
    for rank, heading in enumerate(sheet.keys):
        if not found[heading] and heading not in said:
            found[heading] = _by_its_cells(sheet, rank, known, frozenset(found.values()))
    return found


def _by_its_cells(sheet: Sheet, rank: int, fields: Iterable[Field], taken: frozenset[str]) -> str:
    cells = list(islice((line.raw[rank] for line in sheet.lines if line.raw[rank]), LOOKED_AT))
    for field in fields:
        if field.looks is None or (field.key in taken and not field.holds_several):
            continue
        if cells and sum(bool(field.looks.fullmatch(cell)) for cell in cells) >= MOSTLY * len(cells):
            return field.key
    return NOT_READ


def missing(matching: Matching, fields: Iterable[Field]) -> list[Field]:
    """The fields without which no line comes in, and that no column holds."""
    return [field for field in fields if field.is_required and field.key not in matching.values()]


def samples(sheet: Sheet, rank: int) -> list[str]:
    """The first cells of a column, to recognise it by."""
    cells = (line.raw[rank] for line in sheet.lines if rank < len(line.raw) and line.raw[rank])
    return [cell[:LONGEST_SAMPLE] for cell in islice(dict.fromkeys(islice(cells, LOOKED_AT)), SAMPLES)]


def cells_by_field(line: SheetLine, matching: Matching) -> dict[str, list[tuple[str, str]]]:
    """What is not blank, by field: heading and cell, in the order of the columns."""
    found: dict[str, list[tuple[str, str]]] = {}
    for heading, cell in line.cells.items():
        if key := matching.get(heading):
            found.setdefault(key, []).append((heading, cell))
    return found
