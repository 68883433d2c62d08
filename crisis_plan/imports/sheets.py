"""A table whatever the file it came from: headings, and lines numbered as Excel shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from crisis_plan.folding import folded
from crisis_plan.web.uploads import UploadRefused

MOST_LINES = 20_000
MOST_COLUMNS = 100
LONGEST_HEADING = 200
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
LOOKS_LIKE_A_VALUE = re.compile(r"@|\A[\d\s.+]{5,}\Z")
"""No column is called by an address, a postal code or a telephone."""


@dataclass(frozen=True)
class SheetLine:
    """A line that is not blank: its number as Excel shows it, and its cells."""

    number: int
    keys: tuple[str, ...]
    """The folded headings, the same object for every line."""
    raw: tuple[str, ...]
    """A cell for each heading, as it was typed."""
    overflows: bool = False
    """Whether it has more cells than there are headings."""
    unread: tuple[str, ...] = ()
    """Sentences about the cells that hold nothing which can be read: a formula without its result."""

    @property
    def cells(self) -> dict[str, str]:
        """What is not blank, by folded heading."""
        return {key: cell for key, cell in zip(self.keys, self.raw, strict=True) if cell}


@dataclass(frozen=True)
class Sheet:
    """A table: its headings as they were typed, and its lines in order."""

    headings: tuple[str, ...]
    keys: tuple[str, ...]
    """The headings without accents, case or punctuation: « Vérifié le » and « VERIFIE LE : » are one."""
    lines: tuple[SheetLine, ...]
    name: str = ""
    """Of a workbook: which of its sheets this is."""
    others: int = 0
    """Of a workbook: how many other sheets hold something."""


@dataclass(frozen=True)
class Record:
    """A row as a file gives it, and what of it could not be read: the rank of each cell, and why."""

    number: int
    cells: Sequence[str]
    troubles: tuple[tuple[int, str], ...] = ()


def sheet_of(records: Iterable[Record], *, name: str = "", others: int = 0) -> Sheet:
    """The table that these rows make, the first one being its headings. Raises `UploadRefused`."""
    rows = iter(records)
    try:
        headings = headings_of(next(rows).cells)
    except StopIteration:
        raise UploadRefused("Ce fichier ne contient aucune ligne.") from None
    keys = tuple(map(folded, headings))
    lines: list[SheetLine] = []
    for record in rows:
        if len(lines) == MOST_LINES:
            raise UploadRefused(
                f"Ce fichier dépasse {MOST_LINES // 1000}\u202f000 lignes : déposez-le en plusieurs parties."
            )
        lines.append(_line(record, headings, keys))
    return Sheet(headings, keys, tuple(lines), name, others)


def headings_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings, a repeated one numbered: « Téléphone », « Téléphone 2 ». Raises `UploadRefused`."""
    if len(cells) > MOST_COLUMNS:
        raise UploadRefused(
            f"Ce fichier a {len(cells)} colonnes, et {MOST_COLUMNS} au plus peuvent être lues : "
            "supprimez les colonnes inutiles, puis déposez-le de nouveau."
        )
    has_words = any(letter.isalpha() for cell in cells for letter in cell)
    if not has_words or any(LOOKS_LIKE_A_VALUE.search(cell) for cell in cells):
        raise UploadRefused("La première ligne doit porter les titres des colonnes, comme « Nom » ou « Téléphone ».")
    headings: list[str] = []
    taken: set[str] = set()
    ranks: dict[str, int] = {}
    for position, cell in enumerate(cells, start=1):
        base = cell[:LONGEST_HEADING] or f"Colonne {position}"
        heading, rank = base, ranks.get(base, 1)
        while folded(heading) in taken:
            rank += 1
            heading = f"{base} {rank}"
        ranks[base] = rank
        taken.add(folded(heading))
        headings.append(heading)
    return tuple(headings)


def _line(record: Record, headings: tuple[str, ...], keys: tuple[str, ...]) -> SheetLine:
    cells = record.cells
    blanks = ("",) * (len(keys) - len(cells))
    named = dict(zip_longest(range(len(cells)), headings, fillvalue="sans titre"))
    unread = tuple(f"Cellule « {named[rank]} » laissée vide : {why}" for rank, why in record.troubles if rank in named)
    return SheetLine(
        record.number, keys, (*cells[: len(keys)], *blanks), overflows=any(cells[len(keys) :]), unread=unread
    )
