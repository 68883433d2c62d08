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

from crisis_plan.anticipation.stock.models import StockBatch, StockItem
from crisis_plan.anticipation.stock.rules import Holding, StockState, holding
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

EMPTY = "Le stock est vide\u00a0: ajoutez au moins un article ou un autre moyen."


@dataclass(frozen=True)
class HeldItem:
    """An item and what it amounts to on one day."""

    item: StockItem
    holding: Holding


@dataclass(frozen=True)
class Filters:
    """What a person looks for in the stock."""

    words: str = ""
    category: str = ""
    state: StockState | None = None


def items(cpts: Cpts) -> Sequence[StockItem]:
    """Every item with its batches, by name, in one statement."""
    return (
        db.session.scalars(
            sa.select(StockItem)
            .where(StockItem.cpts_id == cpts.id)
            .options(joinedload(StockItem.batches))
            .order_by(StockItem.folded_name)
        )
        .unique()
        .all()
    )


def held_items(cpts: Cpts, today: date) -> list[HeldItem]:
    """Every item and what it amounts to, by name."""
    return [HeldItem(item, holding(item.batches, item.threshold, today)) for item in items(cpts)]


def matching(held: Iterable[HeldItem], filters: Filters) -> list[HeldItem]:
    """Those that answer to every filter."""
    words = folded(filters.words).split()
    return [
        one
        for one in held
        if (not filters.category or one.item.category == filters.category)
        and (filters.state is None or filters.state in one.holding.states)
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


def categories(held: Iterable[HeldItem]) -> list[str]:
    """The categories in use, in alphabetical order."""
    return sorted({one.item.category for one in held if one.item.category}, key=folded)


def item_or_404(cpts: Cpts, item_id: uuid.UUID) -> StockItem:
    """An item and its batches."""
    return db.session.scalars(
        sa.select(StockItem)
        .where(StockItem.cpts_id == cpts.id, StockItem.id == item_id)
        .options(selectinload(StockItem.batches))
    ).one_or_none() or abort(404)


def batch_or_404(cpts: Cpts, batch_id: uuid.UUID) -> StockBatch:
    """A batch and its item."""
    return db.session.scalars(
        sa.select(StockBatch)
        .join(StockBatch.item)
        .where(StockItem.cpts_id == cpts.id, StockBatch.id == batch_id)
        .options(contains_eager(StockBatch.item))
    ).one_or_none() or abort(404)


def item_named(cpts: Cpts, folded_name: str) -> StockItem | None:
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
    """What the requirement « stock » still lacks: at least one item (the plan handles « sans objet »)."""
    has_one = db.session.scalar(sa.select(sa.exists().where(StockItem.cpts_id == cpts.id)))
    return () if has_one else (EMPTY,)


def missing_in(held: Sequence[HeldItem]) -> tuple[str, ...]:
    """The same, of items already read."""
    return () if held else (EMPTY,)
