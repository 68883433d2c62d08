"""Tables typed in French Excel: a workbook, or CSV whatever its separator and encoding; the same lines come out.

What a file is, its content says; its name says nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from crisis_plan.imports import workbook
from crisis_plan.imports.sheets import CONTROLS, Record, Sheet, sheet_of
from crisis_plan.web.uploads import SPREADSHEET_LIMIT, UploadRefused

LONGEST_CELL = csv.field_size_limit()
LONGEST_LINE = 1_000_000
"""In characters, whatever its cells: what a line costs before anything is known of it."""
DELIMITERS = (";", "\t", ",")
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How .xls files begin, and .xlsx files that ask for a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n?", re.IGNORECASE)
SAVE_AS = (
    "Dans Excel, choisissez « Fichier », « Enregistrer sous », puis le type « Classeur Excel (.xlsx) » "
    "ou « CSV UTF-8 (délimité par des points-virgules) », et déposez ce nouveau fichier."
)


def read(content: bytes, file_name: str) -> Sheet:
    """The table in this file. Raises `UploadRefused`, in words for the person, when there is none."""
    _refuse_what_cannot_be_read(content, file_name)
    if content.startswith(workbook.ZIP):
        return workbook.read(content, file_name)
    _refuse_what_is_no_text(content, file_name)
    delimiter, text = _delimiter(_decoded(content))
    return sheet_of(_records(text, delimiter))


def _refuse_what_cannot_be_read(content: bytes, file_name: str) -> None:
    if not content.strip():
        raise UploadRefused("Ce fichier est vide.")
    if len(content) > SPREADSHEET_LIMIT:
        raise UploadRefused("Ce fichier dépasse 10 Mo.")
    if content.startswith(OLD_WORKBOOK):
        if ENCRYPTED in content:
            raise UploadRefused(
                f"« {file_name} » est protégé par un mot de passe : enregistrez-en une copie sans protection, "
                "puis déposez-la."
            )
        raise UploadRefused(f"« {file_name} » est un classeur d’un ancien Excel (.xls). {SAVE_AS}")


def _refuse_what_is_no_text(content: bytes, file_name: str) -> None:
    if b"\x00" in content:
        raise UploadRefused(f"« {file_name} » n’est pas un tableau de texte. {SAVE_AS}")


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if CONTROLS.search(text) or "\ufffd" in text:
        raise UploadRefused(f"Ce fichier contient des caractères illisibles. {SAVE_AS}")
    return text


def _delimiter(text: str) -> tuple[str, str]:
    """What separates the cells, and the text without the `sep=;` line that some spreadsheets write first."""
    if told := SEPARATOR_LINE.match(text):
        return told[1], text[told.end() :]
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")[:LONGEST_CELL]
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter)))), text


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """Records that are not blank, numbered as Excel shows them."""
    number = read = 0

    def physical_lines() -> Iterator[str]:
        nonlocal read
        for line in io.StringIO(text, newline=""):
            read += len(line)
            if read > LONGEST_LINE:
                raise UploadRefused(f"Ligne {number} : elle est trop longue pour une ligne de tableau.")
            yield line

    reader = csv.reader(physical_lines(), delimiter=delimiter, strict=True)
    while True:
        number, read = number + 1, 0
        try:
            record = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise UploadRefused(f"Ligne {number} : {_trouble(error)}") from None
        if any(record):
            yield Record(number, record)


def _trouble(error: csv.Error) -> str:
    if "field larger" not in str(error):
        return "des guillemets sont mal fermés."
    most = f"{LONGEST_CELL:,}".replace(",", " ")
    return f"une cellule dépasse {most} caractères. Raccourcissez-la ou, si elle commence par un guillemet, fermez-le."
