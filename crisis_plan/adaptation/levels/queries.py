"""The ladder of levels, as it stands."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import selectinload

from crisis_plan.adaptation.levels.models import LEVEL_ITEMS, Level
from crisis_plan.adaptation.levels.rules import lacks
from crisis_plan.adaptation.places import queries as places
from crisis_plan.anticipation.stock import queries as stock
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.anticipation.stock.models import StockItem
    from crisis_plan.pilotage.crisis_cell.models import CellFunction

MEANS = (selectinload(Level.functions), selectinload(Level.items), selectinload(Level.places))
CARDS = selectinload(Level.cards)


@dataclass(frozen=True)
class Means:
    """What a level may mobilise: all that the CPTS has."""

    functions: Sequence[CellFunction]
    items: Sequence[StockItem]
    places: Sequence[Place]


def means(cpts: Cpts) -> Means:
    """The functions of the cell, the stock and the places; a statement each."""
    return Means(crisis_cell.functions_alone(cpts), stock.items(cpts), places.places(cpts))


def levels(cpts: Cpts) -> Sequence[Level]:
    """The levels from the lightest, without what they mobilise; one statement."""
    return db.session.scalars(_of(cpts)).all()


def ladder(cpts: Cpts) -> Sequence[Level]:
    """The levels from the lightest, with all that each mobilises."""
    return db.session.scalars(_of(cpts).options(*MEANS, CARDS)).all()


def items_called_for(level_id: uuid.UUID | None) -> set[uuid.UUID]:
    """The items of the stock that a level mobilises; one statement."""
    return set(db.session.scalars(sa.select(LEVEL_ITEMS.c.item_id).where(LEVEL_ITEMS.c.level_id == level_id)))


def card_numbers(cpts: Cpts) -> dict[uuid.UUID, int]:
    """The number of each action card in its booklet: what paper calls « F3 »; one statement."""
    card: Any = sa.inspect(Level).relationships["cards"].entity.class_
    in_order = sa.select(card.id).where(card.cpts_id == cpts.id).order_by(card.position, card.id)
    return {card_id: number for number, card_id in enumerate(db.session.scalars(in_order), start=1)}


def level_or_404(cpts: Cpts, level_id: uuid.UUID) -> Level:
    """A level, and what is chosen on it; its cards, when asked for, are read apart."""
    query = sa.select(Level).where(Level.cpts_id == cpts.id, Level.id == level_id).options(*MEANS)
    return db.session.scalars(query).one_or_none() or abort(404)


def level_named(cpts: Cpts, folded_name: str) -> Level | None:
    """The level that a person would take for this name, said as it is stored."""
    return db.session.scalars(
        sa.select(Level).where(Level.cpts_id == cpts.id, Level.folded_name == folded_name)
    ).one_or_none()


def missing(cpts: Cpts) -> tuple[str, ...]:
    """What the requirement « gravite » still lacks, as French sentences; one statement."""
    return lacks(levels(cpts))


def _of(cpts: Cpts) -> sa.Select[Level]:
    return sa.select(Level).where(Level.cpts_id == cpts.id).order_by(Level.position, Level.folded_name)
