"""The functions of the cell that cards name, and what stays of one that leaves the cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.operations import touch
from crisis_plan.adaptation.responses.part_models import CardContact, CardStep
from crisis_plan.db import db, hold
from crisis_plan.folding import folded
from crisis_plan.pilotage.crisis_cell.naming import shortened

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_cell.models import CellFunction

LONGEST_LABEL = 160
BRACKETS = " ({})"


def told(function: CellFunction) -> list[str]:
    """« Fiche «\u00a0Canicule\u00a0», étape : Ouvrir le journal ». Four statements."""
    return [
        f"Fiche «\u00a0{card.title}\u00a0», {words}" for card in _naming(function) for words in _told_by(card, function)
    ]


def _told_by(card: ActionCard, function: CellFunction) -> Sequence[str]:
    is_for_it = function in card.functions
    steps, contacts = _steps(card, function), _contacts(card, function)
    return (
        *(("qui est pour cette fonction",) if is_for_it else ()),
        *(f"étape\u00a0: {step.text}" for step in steps),
        *(f"à appeler\u00a0: {contact.label}" for contact in contacts),
    )


def keep_name(function: CellFunction, *, by: Account, at: datetime) -> None:
    """Whom the card is for, who does its steps and who is called by the function stay as words."""
    for card in sorted(_naming(function), key=lambda card: card.id):
        hold(card)
    for card in _naming(function):
        fields = [
            *(("functions", "professions") if _keep_whom(card, function) else ()),
            *(("steps",) if _keep_in_steps(card, function) else ()),
            *(("contacts",) if _keep_in_contacts(card, function) else ()),
        ]
        touch(card, by=by, at=at, fields=fields)


def _keep_whom(card: ActionCard, function: CellFunction) -> bool:
    """A card that was for this function alone must not become a card for everyone."""
    if function not in card.functions:
        return False
    card.functions.remove(function)
    card.professions = sorted({*card.professions, function.name}, key=folded)
    card.version += 1
    return True


def _keep_in_steps(card: ActionCard, function: CellFunction) -> bool:
    found = _steps(card, function)
    for step in found:
        step.function, step.who = None, function.name
        step.version += 1
    return bool(found)


def _keep_in_contacts(card: ActionCard, function: CellFunction) -> bool:
    found = _contacts(card, function)
    for contact in found:
        name = shortened(function.name, LONGEST_LABEL - len(BRACKETS.format("")) - len(contact.label))
        if name and folded(function.name) != folded(contact.label):
            contact.label += BRACKETS.format(name)
        contact.function = None
        contact.version += 1
    return bool(found)


def _steps(card: ActionCard, function: CellFunction) -> list[CardStep]:
    return [step for step in card.steps if step.function_id == function.id]


def _contacts(card: ActionCard, function: CellFunction) -> list[CardContact]:
    return [contact for contact in card.contacts if contact.function_id == function.id]


def _naming(function: CellFunction) -> Sequence[ActionCard]:
    """The cards that name it anywhere, as they are now."""
    named = (
        ActionCard.functions.any(id=function.id),
        ActionCard.steps.any(function_id=function.id),
        ActionCard.contacts.any(function_id=function.id),
    )
    lists = (ActionCard.functions, ActionCard.steps, ActionCard.contacts)
    query = sa.select(ActionCard).where(ActionCard.cpts_id == function.cpts_id, sa.or_(*named))
    ordered = query.order_by(ActionCard.position, ActionCard.id).options(*map(selectinload, lists))
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()
