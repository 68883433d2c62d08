"""What may be written of a commune's register, and what becomes of two people who write at once."""

from __future__ import annotations

import re
from enum import StrEnum

GAP = r"[ .\u00a0\u202f-]?"
NIR = re.compile(
    rf"(?<![0-9])[12]{GAP}[0-9]{{2}}{GAP}(?:0[1-9]|1[0-2]|[2-9][0-9]){GAP}(?:[0-9]{{2}}|2[AB]){GAP}"
    rf"[0-9]{{3}}{GAP}[0-9]{{3}}{GAP}[0-9]{{2}}(?![0-9])",
    re.IGNORECASE,
)
"""Fifteen figures that may be a *numéro de sécurité sociale*: a five-figure postal code and a telephone are not."""
DAY = r"[0-3]?[0-9][ /.-][01]?[0-9][ /.-]"
BIRTH = re.compile(
    rf"\b(?:née?s?|naissance|ddn)\b[^0-9]{{0,20}}[0-9]|(?<![0-9]){DAY}(?:1[89])[0-9]{{2}}(?![0-9])", re.IGNORECASE
)
"""A day of birth, said as such or of the last century: nobody verifies a register in 1938."""


def names_a_person(text: str) -> bool:
    """Whether the text looks like somebody's identity: a register is pointed to, never copied (domain, section 3)."""
    return bool(NIR.search(text) or BIRTH.search(text))


class Merge(StrEnum):
    """What a line that was seen, then typed, makes of what is stored by now."""

    KEEP = "keep"
    WRITE = "write"
    CONFLICT = "conflict"


def merge(*, seen: str, typed: str, stored: str) -> Merge:
    """Who touched nothing overwrites nothing; two who wrote differently are shown both."""
    if typed in (seen, stored):
        return Merge.KEEP
    return Merge.WRITE if stored == seen else Merge.CONFLICT
