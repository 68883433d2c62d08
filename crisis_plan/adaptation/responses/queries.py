"""The action cards as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, load_only, selectinload

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses import coverage as covering
from crisis_plan.adaptation.responses.coverage import TypeCoverage
from crisis_plan.adaptation.responses.models import ActionCard, UncoveredType
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardStep
from crisis_plan.anticipation.directory.loading import has_phone, with_phones
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell

NAMED = (joinedload(ActionCard.levels), joinedload(ActionCard.functions))
PARTS = (
    selectinload(ActionCard.steps).joinedload(CardStep.function),
    selectinload(ActionCard.materials).joinedload(CardMaterial.item),
    selectinload(ActionCard.contacts).options(joinedload(CardContact.function), with_phones(CardContact.contact)),
    selectinload(ActionCard.messages),
)
"""What belongs to a card alone: four statements, whatever the cards."""


def cards(cpts: Cpts) -> Sequence[ActionCard]:
    """The cards in the order of the booklet, alone: neither what they name nor what is to be done; one statement."""
    return db.session.scalars(_in_order(cpts)).all()


def listed_cards(cpts: Cpts) -> Sequence[ActionCard]:
    """The same with their levels and functions, as a list tells them."""
    return db.session.scalars(
        _in_order(cpts).options(selectinload(ActionCard.levels), selectinload(ActionCard.functions))
    ).all()


def whole_cards(cpts: Cpts) -> Sequence[ActionCard]:
    """The cards in the order of the booklet, each with all that it says."""
    return db.session.scalars(_in_order(cpts).options(*NAMED, selectinload(ActionCard.places), *PARTS)).unique().all()


def card_or_404(cpts: Cpts, card_id: uuid.UUID) -> ActionCard:
    """A card with all that it says; five statements."""
    return _one_or_404(_outline(cpts, card_id).options(*PARTS))


def outline_or_404(cpts: Cpts, card_id: uuid.UUID) -> ActionCard:
    """A card with what it names, without its steps and its other lists; one statement."""
    return _one_or_404(_outline(cpts, card_id))


def numbered(found: Iterable[ActionCard]) -> list[tuple[int, ActionCard]]:
    """These cards, all of a CPTS and in order, each with its number."""
    return list(enumerate(found, start=1))


def number_of(card: ActionCard) -> int:
    """The rank of the card in the booklet of its CPTS, from 1."""
    is_before = sa.or_(
        ActionCard.position < card.position,
        sa.and_(ActionCard.position == card.position, ActionCard.id <= card.id),
    )
    query = sa.select(sa.func.count()).where(ActionCard.cpts_id == card.cpts_id, is_before)
    return db.session.scalar(query) or 0


def last_position(cpts: Cpts) -> int:
    """Where the last card of the booklet stands; 0 when there is none."""
    return db.session.scalar(sa.select(sa.func.max(ActionCard.position)).where(ActionCard.cpts_id == cpts.id)) or 0


def titles(cpts: Cpts) -> list[tuple[uuid.UUID, str]]:
    """The identity and the title of each card, in the order of the booklet."""
    ordered = _in_order(cpts).with_only_columns(ActionCard.id, ActionCard.title)
    return [(card_id, title) for card_id, title in db.session.execute(ordered)]


def uncovered(cpts: Cpts) -> Sequence[UncoveredType]:
    """The types said « non couvert », each with its reason."""
    return db.session.scalars(sa.select(UncoveredType).where(UncoveredType.cpts_id == cpts.id)).all()


def uncovered_type(cpts: Cpts, crisis_type: CrisisType) -> UncoveredType | None:
    query = sa.select(UncoveredType).where(UncoveredType.cpts_id == cpts.id, UncoveredType.crisis_type == crisis_type)
    return db.session.scalars(query).one_or_none()


def coverage(cpts: Cpts) -> list[TypeCoverage]:
    """What the plan says of each of the five types."""
    return covering.coverage(cards(cpts), uncovered(cpts))


def types_of_cards(cpts: Cpts) -> Sequence[list[str]]:
    """The types that each card names; one statement."""
    return db.session.scalars(sa.select(ActionCard.crisis_types).where(ActionCard.cpts_id == cpts.id)).all()


def items_called_for(cpts: Cpts, crisis_type: CrisisType) -> set[uuid.UUID]:
    """The items of the stock that the cards of this type name; one statement."""
    named = sa.select(ActionCard.crisis_types, CardMaterial.item_id).join(ActionCard.materials)
    rows = db.session.execute(named.where(ActionCard.cpts_id == cpts.id))
    return {row.item_id for row in rows if crisis_type in row.crisis_types}


def missing(cpts: Cpts) -> tuple[str, ...]:
    """What the requirement « reponse » still lacks, as French sentences; two statements."""
    found = db.session.scalars(_in_order(cpts).options(load_only(ActionCard.crisis_types))).all()
    return covering.lacks(covering.coverage(found, uncovered(cpts)))


def unread(cpts: Cpts) -> int:
    """How many cards nobody of the CPTS has read again since they were proposed."""
    query = sa.select(sa.func.count()).where(ActionCard.cpts_id == cpts.id, ActionCard.reread_on.is_(None))
    return db.session.scalar(query) or 0


def numbers_to_find(cpts: Cpts, today: date) -> int:
    """How many lines to call of the cards lead to no number on this day; two statements."""
    query = sa.select(CardContact.function_id, has_phone(CardContact.contact)).join(CardContact.card)
    lines = db.session.execute(query.where(ActionCard.cpts_id == cpts.id)).all()
    reached = crisis_cell.functions_reached(cpts, today) if any(function_id for function_id, _ in lines) else ()
    return sum(not (function_id in reached if function_id else has_number) for function_id, has_number in lines)


def _in_order(cpts: Cpts) -> sa.Select[Any]:
    return sa.select(ActionCard).where(ActionCard.cpts_id == cpts.id).order_by(ActionCard.position, ActionCard.id)


def _outline(cpts: Cpts, card_id: uuid.UUID) -> sa.Select[ActionCard]:
    query = sa.select(ActionCard).where(ActionCard.cpts_id == cpts.id, ActionCard.id == card_id)
    return query.options(*NAMED, joinedload(ActionCard.places))


def _one_or_404(query: sa.Select[ActionCard]) -> ActionCard:
    return db.session.scalars(query).unique().one_or_none() or abort(404)
