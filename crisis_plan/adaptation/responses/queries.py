"""The action cards as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from crisis_plan.adaptation.responses.models import ActionCard, CardContact, CardMaterial, CardStep
from crisis_plan.anticipation.directory.loading import with_phones
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

WHOLE = (
    joinedload(ActionCard.levels),
    joinedload(ActionCard.functions),
    selectinload(ActionCard.places),
    selectinload(ActionCard.steps).joinedload(CardStep.function),
    selectinload(ActionCard.materials).joinedload(CardMaterial.item),
    selectinload(ActionCard.contacts).options(joinedload(CardContact.function), with_phones(CardContact.contact)),
    selectinload(ActionCard.messages),
)
"""All that a card says: six statements, whatever the cards."""


def cards(cpts: Cpts) -> Sequence[ActionCard]:
    """The cards in the order of the booklet, with their levels and functions and without what is to be done."""
    return db.session.scalars(
        _in_order(cpts).options(selectinload(ActionCard.levels), selectinload(ActionCard.functions))
    ).all()


def whole_cards(cpts: Cpts) -> Sequence[ActionCard]:
    """The cards in the order of the booklet, each with all that it says."""
    return db.session.scalars(_in_order(cpts).options(*WHOLE)).unique().all()


def card_or_404(cpts: Cpts, card_id: uuid.UUID) -> ActionCard:
    """A card with all that it says."""
    query = sa.select(ActionCard).where(ActionCard.cpts_id == cpts.id, ActionCard.id == card_id).options(*WHOLE)
    return db.session.scalars(query).unique().one_or_none() or abort(404)


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


def _in_order(cpts: Cpts) -> sa.Select[Any]:
    return sa.select(ActionCard).where(ActionCard.cpts_id == cpts.id).order_by(ActionCard.position, ActionCard.id)
