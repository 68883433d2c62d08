"""A second card with all that the first one says."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from crisis_plan.adaptation.responses.descriptions import NAMED
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage, CardStep

OF_THE_ORIGINAL_ALONE = frozenset({"id", "card_id", "version", "draft", "position", "created_at", "updated_at"})
PARTS = ("steps", "materials", "contacts", "messages")
"""What belongs to one card, in order."""


def twin(card: ActionCard) -> ActionCard:
    """A card not stored yet which says the same; no longer a shipped draft, read again when the first one was."""
    made = ActionCard(**_said_by(card))
    for name in NAMED:
        setattr(made, name, list(getattr(card, name)))
    for name in PARTS:
        setattr(made, name, [_twin_of_part(part) for part in getattr(card, name)])
    return made


def _twin_of_part(part: CardStep | CardMaterial | CardContact | CardMessage) -> Any:
    return type(part)(position=part.position, **_said_by(part))


def _said_by(row: object) -> dict[str, Any]:
    """Column by column, what the row says."""
    columns = sa.inspect(type(row)).column_attrs
    return {one.key: getattr(row, one.key) for one in columns if one.key not in OF_THE_ORIGINAL_ALONE}
