"""Excel workbooks (.xlsx): weighed before they are unpacked, and read as a person sees them; nothing is computed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from crisis_plan.imports.sheets import CONTROLS, MOST_COLUMNS, Record, Sheet, sheet_of
from crisis_plan.web.uploads import MEGABYTE, UploadRefused

ZIP = b"PK\x03\x04"
"""How .xlsx files begin, whatever their name says; .ods and .docx too."""
MOST_UNPACKED = 64 * MEGABYTE
"""Twenty thousand lines of thirty columns weigh half of it."""
MOST_PARTS = 1_000
MOST_TIMES = 200
"""How many times its packed size a large part may unpack to: text reaches thirty."""
LARGE = 4 * MEGABYTE
WRITTEN_OUT = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
"""What a cell's format says that is no pattern: a colour, a language, words."""
FORMULA = "elle contient une formule dont le résultat n’est pas enregistré."
ERROR = "elle contient une erreur de calcul."

Found = tuple[str, str]
"""What a cell says, and else why it cannot be read."""


def read(content: bytes, file_name: str) -> Sheet:
    """The first sheet that is not empty. Raises `UploadRefused`, in words for the person, when there is none."""
    _weigh(content, file_name)
    try:
        return _read(content)
    except UploadRefused:
        raise
    except Exception as trouble:  # the library lets through whatever a damaged file causes
        raise UploadRefused(
            f"« {file_name} » est endommagé : ouvrez-le dans Excel, enregistrez-le de nouveau, puis déposez-le."
        ) from trouble


def _weigh(content: bytes, file_name: str) -> None:
    """Refuse a packed file that is no workbook, or that would fill the memory once unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UploadRefused(
            f"« {file_name} » n’est pas arrivé entier, ou est endommagé : déposez-le de nouveau."
        ) from None
    unpacked = sum(part.file_size for part in parts)
    swells = any(part.file_size > max(LARGE, MOST_TIMES * part.compress_size) for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS or swells:
        raise UploadRefused(
            f"« {file_name} » occuperait trop de place une fois ouvert. Copiez ses lignes dans un classeur neuf, "
            "puis déposez celui-ci."
        )
    if "xl/workbook.xml" not in {part.filename.lower() for part in parts}:
        raise UploadRefused(
            f"« {file_name} » n’est pas un classeur Excel : enregistrez votre tableau au format .xlsx ou CSV."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UploadRefused(f"« {file_name} » est protégé par un mot de passe : déposez-en une copie sans protection.")


def _read(content: bytes) -> Sheet:
    told = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    filled = [sheet for sheet in told.worksheets if _is_filled(sheet)]
    if not filled:
        raise UploadRefused("Ce classeur ne contient aucune ligne.")
    written = load_workbook(io.BytesIO(content), read_only=True) if b"<f" in _source(content, filled[0]) else None
    formulas = _formulas(written[filled[0].title]) if written else frozenset()
    return sheet_of(_records(filled[0], formulas), name=filled[0].title, others=len(filled) - 1)


def _is_filled(sheet: Any) -> bool:
    return any(cell.value not in (None, "") for row in _rows(sheet) for cell in row)


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    """As many columns as can be read and one more, whatever the sheet says of its own size."""
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(max_col=MOST_COLUMNS + 1))


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
