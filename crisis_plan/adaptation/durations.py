"""Durations as people type and read them: « 30 min », « 4 h », « 1 h 30 », « 2 jours ». Counted in minutes."""

from __future__ import annotations

import re
from fractions import Fraction

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY
LONGEST = 366 * DAY
LONGEST_IN_HOURS = 2 * DAY
"""Up to two days, hours are what people say: « 24 h », « 48 h »."""

AMOUNT = r"([0-9]{1,6}(?:[.,][0-9]{1,2})?)"
WRITTEN = re.compile(
    rf"(?:{AMOUNT}\s*(?:semaines?|sem\.?))?\s*"
    rf"(?:{AMOUNT}\s*(?:jours?|j\.?))?\s*"
    rf"(?:{AMOUNT}\s*(?:heures?|h\.?)\s*([0-5]?[0-9](?![0-9]))?)?\s*"
    rf"(?:{AMOUNT}\s*(?:minutes?|min\.?|mn))?"
)
ALONE = re.compile(AMOUNT)
UNREADABLE = (
    "Écrivez une durée comme «\u00a030 min\u00a0», «\u00a04 h\u00a0», «\u00a01 h 30\u00a0» ou «\u00a02 jours\u00a0»."
)
TOO_LONG = "Une durée ne peut pas dépasser un an."


def minutes_in(text: str, *, alone: int = 1) -> int:
    """What a person wrote, in minutes; a number alone counts as many times `alone` minutes.

    Raises `ValueError` with the sentence to show.
    """
    typed = " ".join(text.casefold().replace(" et ", " ").split())
    if number := ALONE.fullmatch(typed):
        return _whole(_amount(number[1]) * alone)
    found = WRITTEN.fullmatch(typed)
    if not typed or not found:
        raise ValueError(UNREADABLE)
    weeks, days, hours, past_the_hour, minutes = (_amount(part) for part in found.groups())
    return _whole(weeks * WEEK + days * DAY + hours * HOUR + past_the_hour + minutes)


def _amount(part: str | None) -> Fraction:
    return Fraction(part.replace(",", ".")) if part else Fraction(0)


def _whole(minutes: Fraction) -> int:
    """Raises `ValueError` for a part of a minute, or for more than a year."""
    if minutes.denominator != 1:
        raise ValueError(UNREADABLE)
    if minutes > LONGEST:
        raise ValueError(TOO_LONG)
    return int(minutes)


def in_words(minutes: int | None) -> str:
    """« 30 min », « 4 h », « 1 h 30 », « 48 h », « 7 jours »; nothing for no duration."""
    if minutes is None:
        return ""
    if minutes < HOUR:
        return f"{minutes}\u00a0min"
    if minutes > LONGEST_IN_HOURS and minutes % DAY == 0:
        return f"{minutes // DAY}\u00a0jours"
    hours, left = divmod(minutes, HOUR)
    return f"{hours}\u00a0h\u00a0{left:02}" if left else f"{hours}\u00a0h"


def every(minutes: int | None) -> str:
    """« toutes les 4 h », « toutes les heures », « tous les 7 jours »; nothing for no duration."""
    if minutes is None:
        return ""
    if minutes == HOUR:
        return "toutes les heures"
    words = in_words(minutes)
    return f"tous les {words}" if words.endswith("jours") else f"toutes les {words}"
