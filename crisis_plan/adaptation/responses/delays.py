"""Delays from activation: durations (`adaptation.durations`) counted from T, as T+15 min, H+4 or J+2."""

from __future__ import annotations

import re

from crisis_plan.adaptation import durations

ORIGIN = re.compile(r"(?:(?P<origin>[tjh])\s*\+?|\+)?\s*")
"""What the delay is counted from: T for activation; J and H say the unit of a number alone that follows."""
UNITS = {None: 1, "t": 1, "h": durations.HOUR, "j": durations.DAY}


def parse(text: str) -> int:
    """The minutes that a person means by « T+15 », « 15 », « 1 h 30 », « J+2 » or « 2 j ».

    Raises `ValueError` with the sentence to show.
    """
    typed = text.strip().lower()
    found = ORIGIN.match(typed)
    origin, amount = (found["origin"], typed[found.end() :]) if found else (None, typed)
    return durations.minutes_in(amount, alone=UNITS[origin])


def in_words(minutes: int | None) -> str:
    """« T+15 min », « T+1 h 30 », « T+48 h »; nothing where no delay is set."""
    return "" if minutes is None else f"T+{durations.in_words(minutes)}"
