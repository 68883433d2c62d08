"""The stock as it stands."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from crisis_plan.anticipation.stock.models import OtherMeans, StockBatch, StockItem
from crisis_plan.anticipation.stock.rules import (
    CountState,
    Holding,
    StockState,
    count_state,
    expiry_state,
    holding,
    last_count,
    next_count,
)
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import short_date

EMPTY = "Le stock est vide\u00a0: ajoutez au moins un article ou un autre moyen."


@dataclass(frozen=True)
class HeldItem:
    """An item and what it amounts to on one day."""

    item: StockItem
    holding: Holding
    counted_on: date | None = None
    """The day since which all that there is of it was counted; none when some never was, or when nothing is left."""
    count: CountState | None = None
    """What is to be said of its counts; none when all is well, or when there is nothing to count."""

    @property
    def counted_in_words(self) -> str:
        """« 22/11/2026 », « jamais », or « en partie »; nothing where nothing is left to count."""
        if self.counted_on or self.count is not CountState.NEVER:
            return short_date(self.counted_on)
        return "en partie" if any(batch.counted_on for batch in self.item.batches if batch.quantity) else "jamais"

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """Everything that is to be said of it, in words, each with its tone."""
        return (*self.holding.said, *(((self.count.label, self.count.tone),) if self.count else ()))


@dataclass(frozen=True)
class Filters:
    """What a person looks for in the stock."""

    words: str = ""
    category: str = ""
    state: StockState | CountState | None = None


def items(cpts: Cpts) -> Sequence[StockItem]:
    """Every item with its batches, by name, in one statement."""
    found = (
        sa.select(StockItem)
        .where(StockItem.cpts_id == cpts.id, StockItem.removed_at.is_(None))
        .options(joinedload(StockItem.batches))
        .order_by(StockItem.folded_name)
    )
    return db.session.scalars(found).unique().all()


def held_items(cpts: Cpts, today: date) -> list[HeldItem]:
    """Every item and what it amounts to, by name, in one statement."""
    return [held_item(item, today) for item in items(cpts)]


def held_item(item: StockItem, today: date) -> HeldItem:
    """What an item amounts to, and what is to be said of its counts."""
    amount, counted_on = holding(item.batches, item.threshold, today), last_count(item.batches)
    count = count_state(counted_on, item.count_every_months, today) if amount.total else None
    return HeldItem(item, amount, counted_on, count)


def matching(held: Iterable[HeldItem], filters: Filters) -> list[HeldItem]:
    """Those that answer to every filter."""
    words = folded(filters.words).split()
    return [
        one
        for one in held
        if (not filters.category or one.item.category == filters.category)
        and (filters.state is None or filters.state in (*one.holding.states, one.count))
        and all(word in _searched(one.item) for word in words)
    ]


def _searched(item: StockItem) -> str:
    """Everything that a search looks into."""
    batches = (f"{batch.label} {batch.place}" for batch in item.batches)
    return folded(" ".join((item.name, item.category, item.keeper, item.note, *batches)))


def counts(held: Iterable[HeldItem]) -> dict[StockState, int]:
    """How many items are in each state."""
    found = Counter(state for one in held for state in one.holding.states)
    return {state: found[state] for state in StockState}


def counts_to_do(held: Iterable[HeldItem]) -> dict[CountState, int]:
    """How many items were never counted, and how many are to be counted again."""
    found = Counter(one.count for one in held if one.count)
    return {state: found[state] for state in CountState}


def first_days(held: Iterable[HeldItem], today: date) -> dict[StockState | CountState, date]:
    """The first day on which something in each of these states expires, has expired, or was to be counted again."""
    found: dict[StockState | CountState, date] = {}
    for one in held:
        due_on = next_count(one.counted_on, one.item.count_every_months) if one.count else None
        days = [(expiry_state(batch, today), batch.expires_on) for batch in one.item.batches]
        for state, day in [*days, (one.count, due_on)]:
            if state and day:
                found[state] = min(day, found.get(state, day))
    return found


def categories(held: Iterable[HeldItem]) -> list[str]:
    """The categories in use, in alphabetical order."""
    return sorted({one.item.category for one in held if one.item.category}, key=folded)


def item_or_404(cpts: Cpts, item_id: uuid.UUID) -> StockItem:
    """An item and its batches."""
    return db.session.scalars(
        sa.select(StockItem)
        .where(StockItem.cpts_id == cpts.id, StockItem.id == item_id, StockItem.removed_at.is_(None))
        .options(selectinload(StockItem.batches))
    ).one_or_none() or abort(404)


def batch_or_404(cpts: Cpts, batch_id: uuid.UUID) -> StockBatch:
    """A batch and its item."""
    return db.session.scalars(
        sa.select(StockBatch)
        .join(StockBatch.item)
        .where(
            StockItem.cpts_id == cpts.id,
            StockBatch.id == batch_id,
            StockBatch.removed_at.is_(None),
            StockItem.removed_at.is_(None),
        )
        .options(contains_eager(StockBatch.item))
    ).one_or_none() or abort(404)


def item_named(cpts: Cpts, folded_name: str) -> StockItem | None:
    """The item of this name, be it removed."""
    return db.session.scalars(
        sa.select(StockItem).where(StockItem.cpts_id == cpts.id, StockItem.folded_name == folded_name)
    ).one_or_none()


BatchKey = tuple[str, str, str]
"""What makes two batches one: the item's name, the batch's label, the place, as a search compares them."""


@dataclass(frozen=True)
class Taken:
    """What is in the stock already, as an import recognises it, and where it is: « dans le stock »."""

    batches: Mapping[BatchKey, str] = field(default_factory=dict)


def batch_key(name: str, label: str, place: str) -> BatchKey:
    return folded(name), folded(label), folded(place)


def taken(cpts: Cpts) -> Taken:
    """Every batch of the stock; an item without any stands for itself."""
    keys = {
        batch_key(item.name, batch.label if batch else "", batch.place if batch else "")
        for item in items(cpts)
        for batch in (item.batches or (None,))
    }
    return Taken(dict.fromkeys(keys, "dans le stock"))


def missing(cpts: Cpts) -> tuple[str, ...]:
    """What the requirement « stock » still lacks: an item or another means (domain, section 3)."""
    has_item = sa.exists().where(StockItem.cpts_id == cpts.id, StockItem.removed_at.is_(None))
    has_means = sa.exists().where(OtherMeans.cpts_id == cpts.id)
    return () if db.session.scalar(sa.select(sa.or_(has_item, has_means))) else (EMPTY,)


def missing_in(held: Sequence[HeldItem], other_means: Sequence[object] = ()) -> tuple[str, ...]:
    """The same, of items and other means already read."""
    return () if held or other_means else (EMPTY,)
