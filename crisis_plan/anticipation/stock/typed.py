"""What people and their spreadsheets type: an expiry, a quantity."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

MONTH_ONLY = re.compile(r"(?P<month>0?[1-9]|1[0-2])[/.-](?P<year>\d{4})", re.ASCII)
MONTH_BY_EXCEL = re.compile(r"(?P<month>[a-zéû]{3,9})\.?[/. -]*(?P<year>\d{4}|\d{2})", re.ASCII | re.IGNORECASE)
MONTHS = ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
"""What French Excel makes of 01/2030: « janv-30 »."""
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def parse_expiry(text: str) -> date | None:
    """An expiry typed as 31/12/2027, or 01/2030 for the last day of the month; none when it is no date."""
    typed = "".join(text.split())
    if month := MONTH_ONLY.fullmatch(typed):
        return last_day_of(int(month["year"]), int(month["month"]))
    if written := MONTH_BY_EXCEL.fullmatch(typed):
        return _month_in_letters(written["month"].lower(), written["year"])
    return next((day for shape in DAYS if (day := _day(typed, shape))), None)


def last_day_of(year: int, month: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def _month_in_letters(name: str, year: str) -> date | None:
    number = next((number for number, month in enumerate(MONTHS, start=1) if name.startswith(month)), None)
    return last_day_of(int(year) + (2000 if len(year) == 2 else 0), number) if number else None


def _day(typed: str, shape: str) -> date | None:
    try:
        day = datetime.strptime(typed, shape).date()
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def parse_quantity(text: str) -> int | None:
    """A whole number typed as 1 200 or 1200; none when it is not one. It may be negative: who asks refuses it."""
    typed = "".join(text.split())
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", typed):
        return None
    return int(typed)
