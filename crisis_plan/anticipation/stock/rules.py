"""What a quantity, a threshold and an expiry say of an item, on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from crisis_plan.months import add_months
from crisis_plan.web.formats import counted

LARGEST_QUANTITY = 999_999_999


class StockState(StrEnum):
    """What is to be said of an item or a batch, the most urgent first."""

    EXPIRED = "expired"
    EXPIRES_IN_30_DAYS = "expires_in_30_days"
    EXPIRES_IN_90_DAYS = "expires_in_90_days"
    SHORT = "short"
    SUFFICIENT = "sufficient"

    @property
    def label(self) -> str:
        return {
            "expired": "Périmé",
            "expires_in_30_days": "Expire dans 30 jours",
            "expires_in_90_days": "Expire dans 90 jours",
            "short": "Sous le seuil",
            "sufficient": "Suffisant",
        }[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {
            "expired": "urgent",
            "expires_in_30_days": "warning",
            "expires_in_90_days": "info",
            "short": "warning",
            "sufficient": "ok",
        }[self.value]


class CountState(StrEnum):
    """What is to be said of the counts of an item."""

    NEVER = "never_counted"
    DUE = "count_due"

    @property
    def label(self) -> str:
        return {"never_counted": "Jamais compté", "count_due": "À recompter"}[self.value]

    @property
    def tone(self) -> str:
        return {"never_counted": "neutral", "count_due": "info"}[self.value]


WARNINGS = ((30, StockState.EXPIRES_IN_30_DAYS), (90, StockState.EXPIRES_IN_90_DAYS))


class Batch(Protocol):
    @property
    def quantity(self) -> int: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def counted_on(self) -> date | None: ...


@dataclass(frozen=True)
class Holding:
    """What an item's batches amount to on a day. Expired batches are counted, but cannot be used."""

    total: int
    expired: int
    next_expiry: date | None
    states: tuple[StockState, ...]

    @property
    def usable(self) -> int:
        return self.total - self.expired

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """Its states in words, each with its tone: what is enough stays enough when something else is to be removed."""
        is_enough = StockState.EXPIRED in self.states and StockState.SHORT not in self.states and self.usable > 0
        enough = ((StockState.SUFFICIENT.label, StockState.SUFFICIENT.tone),) if is_enough else ()
        return (*enough, *((self._in_words(state), state.tone) for state in self.states))

    def _in_words(self, state: StockState) -> str:
        if state is StockState.EXPIRED and self.usable:
            return f"{counted(self.expired, 'périmé')} à retirer"
        return state.label


def is_expired(batch: Batch, today: date) -> bool:
    """Whether the batch may no longer be used; its last day is still good."""
    return batch.expires_on is not None and batch.expires_on < today


def expiry_state(batch: Batch, today: date) -> StockState | None:
    """What the expiry of a batch says; none when it is far, unknown, or when nothing is left to expire."""
    if batch.expires_on is None or not batch.quantity:
        return None
    if is_expired(batch, today):
        return StockState.EXPIRED
    days_left = (batch.expires_on - today).days
    return next((state for days, state in WARNINGS if days_left <= days), None)


def holding(batches: Iterable[Batch], threshold: int | None, today: date) -> Holding:
    """What these batches amount to against the threshold (none: no alert)."""
    known = list(batches)
    total = sum(batch.quantity for batch in known)
    expired = sum(batch.quantity for batch in known if is_expired(batch, today))
    found = {state for batch in known if (state := expiry_state(batch, today))}
    if threshold is not None and total - expired < threshold:
        found.add(StockState.SHORT)
    states = tuple(state for state in StockState if state in found) or (StockState.SUFFICIENT,)
    return Holding(total, expired, _next_expiry(known, today), states)


def _next_expiry(batches: Sequence[Batch], today: date) -> date | None:
    """The next day on which something that is still good expires."""
    return min(
        (
            batch.expires_on
            for batch in batches
            if batch.expires_on is not None and batch.quantity and not is_expired(batch, today)
        ),
        default=None,
    )


def last_count(batches: Iterable[Batch]) -> date | None:
    """The earliest of the last counts of its batches; none when one was never counted. One at zero needs no count."""
    days = [batch.counted_on for batch in batches if batch.quantity]
    return min((day for day in days if day), default=None) if all(days) else None


def next_count(last: date | None, every_months: int | None) -> date | None:
    """The day on which the next count is due; none when no pace is set or nothing was ever counted."""
    if last is None or every_months is None:
        return None
    return add_months(last, every_months)


def count_state(last: date | None, every_months: int | None, today: date) -> CountState | None:
    """What is to be said of an item last counted on this day; none when all is well."""
    if last is None:
        return CountState.NEVER
    due = next_count(last, every_months)
    return CountState.DUE if due and due <= today else None
