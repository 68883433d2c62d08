"""What the crisis pack measures, and how its files are called."""

from __future__ import annotations

from datetime import date

MOST_SHEETS = 50
USUAL_SHEETS = 5
ROWS_A_SHEET = 15
"""Lines to write on each blank sheet of the logbook: two written lines high."""
HIGHEST_FIRST = 99_000
"""More than any logbook holds (domain, section 7: 200 to 2 000 entries in two weeks)."""

INDEX = "index.html"
READ_ME = "LISEZ-MOI.txt"
DIGESTS = "empreintes-sha256.txt"


def pack_name(slug: str, day: date) -> str:
    """« kit-de-crise_uzege_2026-11-23 »: the archive, and the one folder that it unfolds into."""
    return f"kit-de-crise_{slug}_{day}"


def file_name(key: str, slug: str, day: date, ending: str) -> str:
    """« 02-annuaire_uzege_2026-11-23.pdf »: told apart once it has left its folder."""
    return f"{key}_{slug}_{day}.{ending}"


def last_number(first: int, sheets: int) -> int:
    """The number of the last line of so many sheets."""
    return first + sheets * ROWS_A_SHEET - 1
