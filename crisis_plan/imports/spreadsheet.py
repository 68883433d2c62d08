"""Tables typed in French Excel and saved as CSV: whatever the separator and the encoding, the same lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis_plan.folding import folded
from crisis_plan.web.uploads import SPREADSHEET_LIMIT, UploadRefused

MOST_LINES = 20_000
MOST_COLUMNS = 100
LONGEST_HEADING = 200
LONGEST_CELL = csv.field_size_limit()
LONGEST_LINE = 1_000_000
"""In characters, whatever its cells: what a line costs before anything is known of it."""
DELIMITERS = (";", "\t", ",")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx, .ods and .xls files begin, whatever their name says."""
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n?", re.IGNORECASE)
LOOKS_LIKE_A_VALUE = re.compile(r"@|\A[\d\s.+]{5,}\Z")
"""No column is called by an address, a postal code or a telephone."""
SAVE_AS_CSV = (
    "Dans Excel, choisissez « Fichier », « Enregistrer sous », puis le type "
    "« CSV UTF-8 (délimité par des points-virgules) », et déposez ce nouveau fichier."
)


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


def read(content: bytes, file_name: str) -> Sheet:
    """The table in this file. Raises `UploadRefused`, in words for the person, when there is none."""
    _refuse_what_is_no_text(content, file_name)
    text = _decoded(content)
    delimiter, text = _delimiter(text)
    records = _records(text, delimiter)
    try:
        headings = _headings(next(records)[1])
    except StopIteration:
        raise UploadRefused("Ce fichier ne contient aucune ligne.") from None
    keys = tuple(map(folded, headings))
    lines: list[SheetLine] = []
    for number, record in records:
        if len(lines) == MOST_LINES:
            raise UploadRefused(
                f"Ce fichier dépasse {MOST_LINES // 1000}\u202f000 lignes : déposez-le en plusieurs parties."
            )
        lines.append(_line(number, keys, record))
    return Sheet(headings, keys, tuple(lines))


def _refuse_what_is_no_text(content: bytes, file_name: str) -> None:
    if not content.strip():
        raise UploadRefused("Ce fichier est vide.")
    if len(content) > SPREADSHEET_LIMIT:
        raise UploadRefused("Ce fichier dépasse 10 Mo.")
    if content.startswith(WORKBOOKS):
        raise UploadRefused(f"« {file_name} » est un classeur, pas un fichier CSV. {SAVE_AS_CSV}")
    if b"\x00" in content:
        raise UploadRefused(f"« {file_name} » n’est pas un tableau de texte. {SAVE_AS_CSV}")


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if CONTROLS.search(text) or "\ufffd" in text:
        raise UploadRefused(f"Ce fichier contient des caractères illisibles. {SAVE_AS_CSV}")
    return text


def _delimiter(text: str) -> tuple[str, str]:
    """What separates the cells, and the text without the `sep=;` line that some spreadsheets write first."""
    if told := SEPARATOR_LINE.match(text):
        return told[1], text[told.end() :]
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")[:LONGEST_CELL]
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter)))), text


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
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
            yield number, record


def _trouble(error: csv.Error) -> str:
    if "field larger" not in str(error):
        return "des guillemets sont mal fermés."
    most = f"{LONGEST_CELL:,}".replace(",", " ")
    return f"une cellule dépasse {most} caractères. Raccourcissez-la ou, si elle commence par un guillemet, fermez-le."


def _headings(record: Sequence[str]) -> tuple[str, ...]:
    """The headings, a repeated one numbered: « Téléphone », « Téléphone 2 »."""
    if len(record) > MOST_COLUMNS:
        raise UploadRefused(
            f"Ce fichier a {len(record)} colonnes, et {MOST_COLUMNS} au plus peuvent être lues : "
            "supprimez les colonnes inutiles, puis déposez-le de nouveau."
        )
    has_words = any(letter.isalpha() for cell in record for letter in cell)
    if not has_words or any(LOOKS_LIKE_A_VALUE.search(cell) for cell in record):
        raise UploadRefused("La première ligne doit porter les titres des colonnes, comme « Nom » ou « Téléphone ».")
    headings: list[str] = []
    taken: set[str] = set()
    ranks: dict[str, int] = {}
    for position, cell in enumerate(record, start=1):
        base = cell[:LONGEST_HEADING] or f"Colonne {position}"
        heading, rank = base, ranks.get(base, 1)
        while folded(heading) in taken:
            rank += 1
            heading = f"{base} {rank}"
        ranks[base] = rank
        taken.add(folded(heading))
        headings.append(heading)
    return tuple(headings)


def _line(number: int, keys: tuple[str, ...], record: Sequence[str]) -> SheetLine:
    blanks = ("",) * (len(keys) - len(record))
    return SheetLine(number, keys, (*record[: len(keys)], *blanks), overflows=any(record[len(keys) :]))
