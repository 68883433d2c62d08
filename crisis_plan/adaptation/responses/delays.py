"""Delays from activation, typed and shown: T+15 min, T+1 h 30, T+2 j."""

from __future__ import annotations

import re

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY
LONGEST = 365 * DAY
"""In minutes: beyond a year, it is no longer a step of the response."""

ORIGIN = re.compile(r"(?:(?P<origin>[tjh])\s*\+?|\+)?\s*")
"""What the delay is counted from: T for activation; J and H say the unit of the number that follows."""
UNITS = {None: 1, "t": 1, "h": HOUR, "j": DAY}
NUMBER = re.compile(r"[0-9]{1,6}")
AMOUNT = re.compile(
    r"""
    (?:(?P<weeks>[0-9]{1,3})\s*sem(?:aines?)?\s*)?
    (?:(?P<days>[0-9]{1,4})\s*j(?:ours?)?\s*)?
    (?:(?P<hours>[0-9]{1,4})\s*h(?:eures?)?\s*)?
    (?:(?P<minutes>[0-9]{1,6})\s*(?P<unit>min(?:utes?)?|mn|m|['’])?)?
    """,
    re.VERBOSE,
)


class NotADelay(ValueError):
    def __str__(self) -> str:
        return "Écrivez un délai depuis l’activation, comme 15 min, 1 h 30 ou 2 j."


class TooLong(NotADelay):
    def __str__(self) -> str:
        return "Ce délai dépasse un an\u00a0: écrivez-le plus court, comme 15 min, 1 h 30 ou 2 j."


def parse(text: str) -> int:
    """The minutes that a person means by « T+15 », « 15 », « 1 h 30 », « J+2 » or « 2 j ». Raises `NotADelay`."""
    typed = text.strip().lower()
    found = ORIGIN.match(typed)
    origin, amount = (found["origin"], typed[found.end() :]) if found else (None, typed)
    minutes = int(amount) * UNITS[origin] if NUMBER.fullmatch(amount) else _in_units(amount)
    if minutes > LONGEST:
        raise TooLong
    return minutes


def _in_units(amount: str) -> int:
    found = AMOUNT.fullmatch(amount)
    if not found or not any(found.groups()):
        raise NotADelay
    if found["minutes"] and not found["unit"] and not found["hours"]:
        raise NotADelay  # « 2 j 30 »: thirty what?
    weeks, days, hours, minutes = (int(found[name] or 0) for name in ("weeks", "days", "hours", "minutes"))
    return weeks * WEEK + days * DAY + hours * HOUR + minutes


def in_words(minutes: int | None) -> str:
    """« T+15 min », « T+1 h 30 », « T+2 j »; nothing where no delay is set."""
    if minutes is None:
        return ""
    days, rest = divmod(minutes, DAY)
    hours, left = divmod(rest, HOUR)
    said = [f"{days}\u00a0j"] if days else []
    if hours:
        said.append(f"{hours}\u00a0h\u00a0{left:02}" if left else f"{hours}\u00a0h")
    elif left or not days:
        said.append(f"{left}\u00a0min")
    return "T+" + "\u00a0".join(said)
