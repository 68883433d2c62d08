"""What a workbook would cost once opened, told from its list of parts and their bytes, before anything is built.

Each part counts by what the library makes of it: a byte of styles costs forty in memory, a byte of a sheet, read row
after row, next to nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, XLSM, XLSX, XLTM, XLTX

from crisis_plan.web.uploads import MEGABYTE, UploadRefused

MOST_UNPACKED = 64 * MEGABYTE
"""Twenty thousand lines of thirty columns weigh half of it."""
MOST_PARTS = 1_000
MOST_TIMES = 200
"""How many times its packed size a large part may unpack to: text reaches thirty."""
LARGE = 4 * MEGABYTE
MOST_OF_THE_REST = 2 * MEGABYTE
"""Styles, theme, list of sheets, relations: what a workbook has beside its cells, and the library keeps whole."""
MOST_STRINGS = 24 * MEGABYTE
MOST_TAGS = 4_000_000
"""Of the shared texts: a million of them, as twenty thousand lines of fifty columns never said twice."""
MOST_TAGS_IN_A_ROW = 50_000
"""Tags from the end of a row to the end of the next: a hundred columns take a thousand."""
BESIDE_CELLS = frozenset({"xl/workbook.xml", "xl/styles.xml", "xl/theme/theme1.xml", "[content_types].xml"})
END_OF_ROW = re.compile(rb"</(?:[A-Za-z0-9]+:)?row>")


def weigh(content: bytes, file_name: str) -> None:
    """Refuse a packed file that is no workbook, or that would fill the memory once unpacked. Raises `UploadRefused`."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UploadRefused(
            f"« {file_name} » n’est pas arrivé entier, ou est endommagé : déposez-le de nouveau."
        ) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS or any(map(_is_too_heavy, parts)):
        raise _too_much(file_name)
    if "xl/workbook.xml" not in {part.filename.lower() for part in parts}:
        raise UploadRefused(
            f"« {file_name} » n’est pas un classeur Excel : enregistrez votre tableau au format .xlsx ou CSV."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UploadRefused(f"« {file_name} » est protégé par un mot de passe : déposez-en une copie sans protection.")


def _is_too_heavy(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    if part.file_size > max(LARGE, MOST_TIMES * part.compress_size):
        return True
    is_beside_cells = name in BESIDE_CELLS or name.startswith("docprops/") or name.endswith(".rels")
    return is_beside_cells and part.file_size > MOST_OF_THE_REST


def weigh_what_is_named(content: bytes, file_name: str) -> None:
    """Weigh the list of sheets and the shared texts wherever the workbook says that they are. Raises `UploadRefused`."""
    reader: Any = ExcelReader(io.BytesIO(content), read_only=True)
    reader.read_manifest()
    for kind in (XLSX, XLSM, XLTX, XLTM, SHARED_STRINGS):
        part = reader.package.find(kind)
        if part is None:
            continue
        name = part.PartName[1:]
        most = MOST_STRINGS if kind == SHARED_STRINGS else MOST_OF_THE_REST
        if reader.archive.getinfo(name).file_size > most or reader.archive.read(name).count(b"<") > MOST_TAGS:
            raise _too_much(file_name)


def weigh_sheet(source: bytes, file_name: str) -> None:
    """Refuse a sheet one row of which, or what surrounds them, holds too much. Raises `UploadRefused`."""
    begins = 0
    for end in (*(found.end() for found in END_OF_ROW.finditer(source)), len(source)):
        if source.count(b"<", begins, end) > MOST_TAGS_IN_A_ROW:
            raise _too_much(file_name)
        begins = end


def _too_much(file_name: str) -> UploadRefused:
    return UploadRefused(
        f"« {file_name} » occuperait trop de place une fois ouvert. Copiez ses lignes dans un classeur neuf, "
        "puis déposez celui-ci."
    )
