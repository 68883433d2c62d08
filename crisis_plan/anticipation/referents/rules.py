"""The *référents de crise*: a dated duty, not an account's role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

HORIZON = timedelta(days=365)
"""How far ahead gaps are looked for."""

ONE_DAY = timedelta(days=1)


class Rank(StrEnum):
    """Titular or deputy of a duty."""

    TITULAR = "titular"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        return {"titular": "Titulaire", "deputy": "Suppléant"}[self.value]


class Period(Protocol):
    """A duty from one day to another, both included; an open end lasts."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...


class Duty(Period, Protocol):
    """A period held by someone, as titular or deputy."""

    @property
    def rank(self) -> Rank: ...
    @property
    def contact_id(self) -> object: ...


AnyDuty = TypeVar("AnyDuty", bound=Duty)


@dataclass(frozen=True)
class Gap:
    """Days that nobody covers, both included; an open end goes beyond the days that were looked at."""

    starts_on: date
    ends_on: date | None


def is_on_duty(period: Period, day: date) -> bool:
    """Whether the duty covers this day."""
    return period.starts_on <= day and (period.ends_on is None or day <= period.ends_on)


def is_to_come(period: Period, today: date) -> bool:
    return period.starts_on > today


def is_past(period: Period, today: date) -> bool:
    return period.ends_on is not None and period.ends_on < today


def overlap(one: Period, other: Period) -> bool:
    """Whether some day belongs to both."""
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def same_rank_meanwhile(duties: Iterable[AnyDuty], proposed: Duty) -> AnyDuty | None:
    """The duty of this rank that the proposed one would overlap: there is one titular at a time, and one deputy."""
    return next((duty for duty in duties if duty.rank is proposed.rank and overlap(duty, proposed)), None)


def same_person_meanwhile(duties: Iterable[AnyDuty], proposed: Duty) -> AnyDuty | None:
    """The duty of the other rank that the same person would hold: nobody is their own deputy."""
    return next(
        (
            duty
            for duty in duties
            if duty.rank is not proposed.rank and duty.contact_id == proposed.contact_id and overlap(duty, proposed)
        ),
        None,
    )


def gaps(duties: Iterable[Duty], rank: Rank, starts_on: date, ends_on: date) -> tuple[Gap, ...]:
    """The days from one to the other that no duty of this rank covers, as few gaps as possible.

    The last gap is open when the last day looked at belongs to it and no duty of this rank follows.
    """
    return tuple(_gaps([duty for duty in duties if duty.rank is rank], starts_on, ends_on))


def _gaps(duties: list[Duty], starts_on: date, ends_on: date) -> Iterator[Gap]:
    uncovered = starts_on
    for duty in sorted(duties, key=lambda duty: duty.starts_on):
        if uncovered > ends_on:
            return
        if duty.starts_on > uncovered:
            yield Gap(uncovered, duty.starts_on - ONE_DAY)
        if duty.ends_on is None:
            return
        uncovered = max(uncovered, duty.ends_on + ONE_DAY)
    if uncovered <= ends_on:
        yield Gap(uncovered, None)
