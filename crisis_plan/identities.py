"""What looks like somebody's identity, in a text where nobody should be named. Source: domain, section 7.

The tool warns and asks once; it never refuses: a number that looks like one may be another.
"""

from __future__ import annotations

import re
import unicodedata

GAP = r"[ \t.\u00a0\u202f-]?"
BEFORE_THE_KEY = r"[ \t.\u00a0\u202f/(-]{0,3}"
NIR = re.compile(
    # sex, year of birth, month of birth (from 20 on, one that nobody knew), departement, commune, order, key
    rf"(?<![0-9])[123478]{GAP}[0-9]{{2}}{GAP}(?:0[1-9]|1[0-2]|[2-9][0-9]){GAP}(?:0[1-9]|[1-9][0-9]|2[AB]){GAP}"
    rf"[0-9]{{3}}{GAP}[0-9]{{3}}{BEFORE_THE_KEY}(?:0[1-9]|[1-8][0-9]|9[0-7])(?![0-9])",
    re.IGNORECASE,
)
"""A *numéro de sécurité sociale*: fifteen characters, in groups or not."""

MONTH = (
    r"(?i:[01]?[0-9]|janv(?:ier)?|févr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|sept(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|déc(?:embre)?)"
)
APART = r"[ \u00a0/.-]{1,2}"
DAY_AND_MONTH = rf"(?<![0-9])[0-3]?[0-9](?:er)?{APART}{MONTH}{APART}"
BORN = re.compile(rf"(?<!-)\b(?i:née?|naissance|ddn)\b[^0-9\n]{{0,20}}{DAY_AND_MONTH}(?:1[89]|20)?[0-9]{{2}}(?![0-9])")
"""A birth, said as such."""
NAMED_THEN_DATED = re.compile(rf"(?<!\w)[A-ZÀ-Þ][\w’'-]+[ \u00a0,(:]{{1,3}}{DAY_AND_MONTH}1[89][0-9]{{2}}(?![0-9])")
"""A word with a capital, then a day of the last century: no check of the plan is that old."""


def looks_like_nir(text: str) -> bool:
    """Whether the text holds what may be a French social security number."""
    return NIR.search(text) is not None


def names_a_person(text: str) -> bool:
    """Whether the text holds what may be such a number, or a birth date beside a name."""
    composed = unicodedata.normalize("NFC", text)
    return looks_like_nir(composed) or any(look.search(composed) for look in (BORN, NAMED_THEN_DATED))
