"""Everything that is due, in the order in which a tired person should read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from crisis_plan.due import Due, Rank
from crisis_plan.months import add_months

SHOWN = 12
"""So many things are shown at once, the others on demand: a tired person reads no further."""

NEVER_FOLDED = frozenset({Rank.REACHED, Rank.BLOCKS_PAYMENT, Rank.AWAITED})


class Horizon(StrEnum):
    """How far off the day of a thing is, the nearest first."""

    LATE = "late"
    WEEK = "week"
    MONTH = "month"
    LATER = "later"
    ANY_DAY = "any_day"

    @property
    def label(self) -> str:
        return {
            "late": "En retard",
            "week": "D’ici une semaine",
            "month": "D’ici un mois",
            "later": "Plus tard",
            "any_day": "Quand vous pourrez",
        }[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"late": "urgent", "week": "warning", "month": "info", "later": "neutral", "any_day": "neutral"}[
            self.value
        ]


@dataclass(frozen=True)
class Group:
    """What is due at one distance."""

    horizon: Horizon
    asked: Sequence[Due]


@dataclass(frozen=True)
class Agenda:
    """Everything that is due: what one reads at once, and the rest."""

    first: Sequence[Group] = ()
    others: Sequence[Group] = ()

    @property
    def hidden(self) -> int:
        """How many are shown on demand."""
        return sum(len(group.asked) for group in self.others)


def horizon(due_on: date | None, today: date) -> Horizon:
    """How far off this day is; the day itself, the seventh and the same day of the next month are still within."""
    if due_on is None:
        return Horizon.ANY_DAY
    if due_on < today:
        return Horizon.LATE
    if due_on <= today + timedelta(days=7):
        return Horizon.WEEK
    return Horizon.MONTH if due_on <= add_months(today, 1) else Horizon.LATER


def in_order(asked: Iterable[Due]) -> list[Due]:
    """By day, then by rank; what has no day comes last, by rank; else as the rooms said it."""
    return sorted(asked, key=lambda one: (one.due_on or date.max, one.rank))


def agenda(asked: Iterable[Due], today: date) -> Agenda:
    """Everything in order, the first ones apart from the others; neither the ARS, nor a payment, nor who
    awaits an answer is in a fold."""
    ordered = in_order(asked)
    first, others = ordered[:SHOWN], ordered[SHOWN:]
    shown = [*first, *(one for one in others if one.rank in NEVER_FOLDED)]
    folded = [one for one in others if one.rank not in NEVER_FOLDED]
    return Agenda(_groups(shown, today), _groups(folded, today))


def _groups(ordered: Sequence[Due], today: date) -> tuple[Group, ...]:
    by_horizon = groupby(ordered, key=lambda one: horizon(one.due_on, today))
    return tuple(Group(distance, tuple(alike)) for distance, alike in by_horizon)
