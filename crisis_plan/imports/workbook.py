"""Excel workbooks (.xlsx): weighed before they are unpacked, and read as a person sees them; nothing is computed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from crisis_plan.imports.sheets import CONTROLS, MOST_COLUMNS, MOST_LINES, Record, Sheet, sheet_of
from crisis_plan.imports.weighing import weigh, weigh_sheet, weigh_what_is_named
from crisis_plan.web.uploads import UploadRefused

ZIP = b"PK\x03\x04"
"""How .xlsx files begin, whatever their name says; .ods and .docx too."""
MOST_ROWS = MOST_LINES + 5_000
"""Rows that are looked at, blank ones among them: the library makes every row that a file leaves out."""
WRITTEN_OUT = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
"""What a cell's format says that is no pattern: a colour, a language, words."""
FORMULA = "elle contient une formule dont le résultat n’est pas enregistré."
ERROR = "elle contient une erreur de calcul."

Found = tuple[str, str]
"""What a cell says, and else why it cannot be read."""


def read(content: bytes, file_name: str) -> Sheet:
    """The first sheet that is not empty. Raises `UploadRefused`, in words for the person, when there is none."""
    weigh(content, file_name)
    try:
        weigh_what_is_named(content, file_name)
        return _read(content, file_name)
    except UploadRefused:
        raise
    except Exception as trouble:  # the library lets through whatever a damaged file causes
        raise UploadRefused(
            f"« {file_name} » est endommagé : ouvrez-le dans Excel, enregistrez-le de nouveau, puis déposez-le."
        ) from trouble


def _read(content: bytes, file_name: str) -> Sheet:
    told = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in told.worksheets:
        weigh_sheet(_source(content, sheet), file_name)
    filled = _filled(told.worksheets)
    if not filled:
        raise UploadRefused("Ce classeur ne contient aucune ligne.")
    written = load_workbook(io.BytesIO(content), read_only=True) if b"<f" in _source(content, filled[0]) else None
    formulas = _formulas(written[filled[0].title]) if written else frozenset()
    return sheet_of(_records(filled[0], formulas), name=filled[0].title, others=len(filled) - 1)


def _filled(sheets: Iterable[Any]) -> list[Any]:
    """The sheets that hold something; all of them together, no more blank rows are looked at than one may have."""
    found, looked_at = [], 0
    for sheet in sheets:
        for row in _rows(sheet):
            if any(cell.value not in (None, "") for cell in row):
                found.append(sheet)
                break
            looked_at += 1
            if looked_at > MOST_ROWS:
                raise _too_many_rows()
    return found


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    """As many columns as can be read and one more, whatever the sheet says of its own size. Raises `UploadRefused`."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 1), start=1):
        if number > MOST_ROWS:
            raise _too_many_rows()
        yield row


def _too_many_rows() -> UploadRefused:
    return UploadRefused(
        f"Ce classeur dépasse {MOST_ROWS // 1000}\u202f000 lignes, lignes vides comprises : supprimez les lignes vides, "
        "ou copiez les vôtres dans un classeur neuf."
    )


def _source(content: bytes, sheet: Any) -> bytes:
    """The sheet as it is written in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(sheet._worksheet_path)


def _formulas(sheet: Any) -> frozenset[tuple[int, int]]:
    """Where cells are computed: row and column."""
    return frozenset(
        (number, rank)
        for number, row in enumerate(_rows(sheet), start=1)
        for rank, cell in enumerate(row)
        if cell.value is not None and cell.data_type == "f"
    )


def _records(sheet: Any, formulas: frozenset[tuple[int, int]]) -> Iterator[Record]:
    """Rows that are not blank, without the blank cells at their end."""
    for number, row in enumerate(_rows(sheet), start=1):
        found = [_found(cell, is_computed=(number, rank) in formulas) for rank, cell in enumerate(row)]
        while found and not any(found[-1]):
            found.pop()
        if found:
            troubles = tuple((rank, why) for rank, (_, why) in enumerate(found) if why)
            yield Record(number, [said for said, _ in found], troubles)


def _found(cell: Any, *, is_computed: bool) -> Found:
    if cell.value is None:
        return "", FORMULA if is_computed else ""
    if cell.data_type == "e":
        return "", ERROR
    return _as_shown(cell.value, str(cell.number_format or "")), ""


def _as_shown(value: object, shape: str) -> str:
    """A value as a French reader sees it: 31/12/2027, 12/2027 where no day is shown, 465710000, 12,5."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime | date):
        pattern = WRITTEN_OUT.sub("", shape).lower()
        return f"{value:%m/%Y}" if "d" not in pattern and "y" in pattern else f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number(value, shape)
    return CONTROLS.sub("", str(value)).strip()


def _number(value: int | float, shape: str) -> str:
    """Without « ,0 »; with the zeros that its format writes before it, as for a postal code."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.12g}".replace(".", ",")
    digits = str(int(value))
    return digits.zfill(len(shape)) if shape and set(shape) == {"0"} else digits
