"""Periods and gaps as French sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from crisis_plan.anticipation.referents.rules import HORIZON, Duty, Gap, Period, Rank, gaps
from crisis_plan.web.formats import long_date


class Named(Protocol):
    @property
    def name(self) -> str: ...


class Held(Protocol):
    """A duty and who holds it; nobody in particular once they left the directory."""

    @property
    def rank(self) -> Rank: ...
    @property
    def contact(self) -> Named | None: ...


def holder_in_words(duty: Held) -> str:
    """« Sofiane DUPUY » or, once out of the directory, « Ancien titulaire »."""
    return duty.contact.name if duty.contact else f"Ancien {duty.rank.label.lower()}"


def period_in_words(period: Period, today: date | None = None) -> str:
    """« du 1er au 14 janvier 2027 », « le 3 mai 2027 », « à partir du 1er mai 2027 » (begun: « depuis le… »)."""
    first, last = period.starts_on, period.ends_on
    if last is None and today is not None and first <= today:
        return f"depuis le {long_date(first)}"
    if last is None:
        return f"à partir du {long_date(first)}"
    if first == last:
        return f"le {long_date(first)}"
    return f"du {_without_what_follows(first, last)} au {long_date(last)}"


def _without_what_follows(first: date, last: date) -> str:
    """The first day, without the month or the year that the last day repeats."""
    day, month, year = long_date(first).split(" ")
    if first.year != last.year:
        return f"{day} {month} {year}"
    return day if first.month == last.month else f"{day} {month}"


def gap_in_words(rank: Rank, gap: Gap) -> str:
    """« Aucun suppléant du 1er au 14 janvier 2027. »"""
    return f"Aucun {rank.label.lower()} {period_in_words(gap)}."


def gaps_in_words(duties: Iterable[Duty], today: date) -> list[str]:
    """What is not covered from today on, titular first."""
    known = list(duties)
    return [gap_in_words(rank, gap) for rank in Rank for gap in gaps(known, rank, today, today + HORIZON)]
