"""What a card needs: items of the stock, whom to call, models of message; each list in its own order."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.operations import touch
from crisis_plan.adaptation.responses.part_models import CardContact, CardMaterial, CardMessage
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken

MOST = {"materials": 30, "contacts": 30, "messages": 20}
"""By list of a card: beyond, it can no longer be read in a crisis."""

Part = CardMaterial | CardContact | CardMessage


class PartRefused(RuleBroken):
    """A refusal that belongs beside one field of the form."""

    status = 422
    field = ""


class TooManyParts(PartRefused):
    def __str__(self) -> str:
        most = MOST[self.args[0]]
        what = {"materials": "articles", "contacts": "personnes à appeler", "messages": "messages"}[self.args[0]]
        return f"Cette fiche a déjà {most} {what}, c’est le plus qu’elle puisse en porter\u00a0: retirez-en un d’abord."


class ItemTaken(PartRefused):
    field = "item"

    def __str__(self) -> str:
        return "Cet article est déjà sur la fiche\u00a0: modifiez plutôt sa quantité."


class TwoSources(PartRefused):
    field = "function"

    def __str__(self) -> str:
        return "Choisissez une fonction de la cellule ou un contact de l’annuaire, pas les deux."


@dataclass(frozen=True)
class MaterialDescription:
    """An item of the stock, and how much of it."""

    LIST: ClassVar[str] = "materials"
    item_id: uuid.UUID
    quantity: int | None = None


@dataclass(frozen=True)
class ContactDescription:
    """Whom to call, in words, and where the number comes from: a function, a contact, or nowhere yet."""

    LIST: ClassVar[str] = "contacts"
    label: str
    function_id: uuid.UUID | None = None
    contact_id: uuid.UUID | None = None


@dataclass(frozen=True)
class MessageDescription:
    """To whom, and what it says."""

    LIST: ClassVar[str] = "messages"
    audience: str
    text: str


Description = MaterialDescription | ContactDescription | MessageDescription
MODELS: dict[str, type[CardMaterial] | type[CardContact] | type[CardMessage]] = {
    "materials": CardMaterial,
    "contacts": CardContact,
    "messages": CardMessage,
}


def add_part(card: ActionCard, description: Description, *, by: Account, at: datetime) -> Part:
    """Write it at the end of its list. Raises `TooManyParts`, `ItemTaken` or `TwoSources`."""
    hold(card)
    part = append_part(card, description)
    touch(card, by=by, at=at, fields=(description.LIST,))
    return part


def append_part(card: ActionCard, description: Description) -> Part:
    """The one way to a new part, of a card that is held or not stored yet. Raises as `add_part` does."""
    known: list[Part] = getattr(card, description.LIST)
    if len(known) >= MOST[description.LIST]:
        raise TooManyParts(description.LIST)
    refuse_at_odds(description, known)
    part = MODELS[description.LIST](**vars(description))
    known.append(part)
    return part


def change_part(part: Part, description: Description, *, seen_version: int, by: Account, at: datetime) -> None:
    """Say it otherwise. Raises `Stale`, `ItemTaken` or `TwoSources`."""
    card = part.card
    hold(card)
    take(part, seen_version)
    refuse_at_odds(description, [other for other in getattr(card, description.LIST) if other is not part])
    changes = {name: value for name, value in vars(description).items() if getattr(part, name) != value}
    if not changes:
        return
    for name, value in changes.items():
        setattr(part, name, value)
    part.version += 1
    touch(card, by=by, at=at, fields=(description.LIST,))


def move_part(part: Part, *, up: bool, by: Account, at: datetime) -> None:
    """Exchange it with its neighbour; at the end of its list nothing moves. Raises `Stale`."""
    card, name = part.card, list_of(part)
    hold(card)
    hold(part)
    order: list[Part] = sorted(getattr(card, name), key=lambda one: one.position)
    old = order.index(part)
    new = old - 1 if up else old + 1
    if not 0 <= new < len(order):
        return
    order[old], order[new] = order[new], order[old]
    for position, one in enumerate(order):
        one.position = position
    touch(card, by=by, at=at, fields=(name,))
    db.session.expire(card, [name])


def remove_part(part: Part, *, by: Account, at: datetime) -> None:
    """Take it out of its card. Raises `Stale`."""
    card, name = part.card, list_of(part)
    hold(card)
    hold(part)
    getattr(card, name).remove(part)
    touch(card, by=by, at=at, fields=(name,))


def list_of(part: Part) -> str:
    """The attribute of the card that holds it."""
    return next(name for name, model in MODELS.items() if isinstance(part, model))


def refuse_at_odds(description: Description, others: Sequence[Part]) -> None:
    """Raises `ItemTaken` or `TwoSources`."""
    if isinstance(description, MaterialDescription):
        if any(isinstance(other, CardMaterial) and other.item_id == description.item_id for other in others):
            raise ItemTaken
    elif isinstance(description, ContactDescription) and description.function_id and description.contact_id:
        raise TwoSources
