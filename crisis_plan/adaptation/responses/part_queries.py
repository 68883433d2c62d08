"""One step or one part of a card, found by its address."""

from __future__ import annotations

import uuid
from typing import TypeVar

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload

from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage, CardStep
from crisis_plan.anticipation.directory.loading import with_phones
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

Part = TypeVar("Part", CardStep, CardMaterial, CardContact, CardMessage)

BESIDE = {
    CardStep: (joinedload(CardStep.function),),
    CardMaterial: (joinedload(CardMaterial.item),),
    CardContact: (joinedload(CardContact.function), with_phones(CardContact.contact)),
    CardMessage: (),
}
"""What is loaded with each."""


def part_or_404(cpts: Cpts, kind: type[Part], part_id: uuid.UUID) -> Part:
    """A step or a part of a card of this CPTS, with its card."""
    query = (
        sa.select(kind)
        .join(kind.card)
        .where(ActionCard.cpts_id == cpts.id, kind.id == part_id)
        .options(contains_eager(kind.card), *BESIDE[kind])
    )
    return db.session.scalars(query).unique().one_or_none() or abort(404)
