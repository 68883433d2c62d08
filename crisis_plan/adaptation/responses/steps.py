"""The steps of a card: added at the end of a phase, reworded, put in order, taken out. Positions have no gaps."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.operations import touch
from crisis_plan.adaptation.responses.part_models import CardStep
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken

MOST_STEPS = 40
"""In a phase: beyond, nobody reads a card in a crisis."""
CHANGED = ("steps",)
"""What the history of a card says of any of this."""


class TooManySteps(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return (
            f"Cette liste a déjà {MOST_STEPS} étapes, c’est le plus qu’une fiche puisse en porter\u00a0: "
            "réunissez-en, ou écrivez une seconde fiche."
        )


@dataclass(frozen=True)
class StepDescription:
    """What to do, by which function of the cell (or `who`, in words), when, and what proves it."""

    phase: Phase
    text: str
    function_id: uuid.UUID | None = None
    who: str = ""
    delay_minutes: int | None = None
    care: CareKind | None = None
    """Kept for a step of continuity only."""
    proof: str = ""

    @property
    def stored(self) -> dict[str, object]:
        """Column by column."""
        care = self.care if self.phase is Phase.CONTINUITY else None
        return {**vars(self), "phase_rank": self.phase.rank, "care": care}


def add_step(card: ActionCard, description: StepDescription, *, by: Account, at: datetime) -> CardStep:
    """Write a step at the end of its phase. Raises `TooManySteps`."""
    hold_with_steps(card)
    step = append_step(card, description)
    touch(card, by=by, at=at, fields=CHANGED)
    return step


def append_step(card: ActionCard, description: StepDescription) -> CardStep:
    """The one way to a new step, of a card that is held or not stored yet. Raises `TooManySteps`."""
    step = CardStep(position=_place_in(card, description.phase), **description.stored)
    card.steps.append(step)
    return step


def change_step(step: CardStep, description: StepDescription, *, seen_version: int, by: Account, at: datetime) -> None:
    """Reword a step; in another phase, it goes to the end. Raises `Stale` or `TooManySteps`."""
    card = step.card
    hold_with_steps(card)
    take(step, seen_version)
    changes = {name: value for name, value in description.stored.items() if getattr(step, name) != value}
    if not changes:
        return
    left = step.phase
    position = _place_in(card, description.phase) if description.phase is not left else step.position
    for name, value in {**changes, "position": position}.items():
        setattr(step, name, value)
    step.version += 1
    _number(card.steps_of(left))
    touch(card, by=by, at=at, fields=CHANGED)


def move_step(step: CardStep, *, up: bool, by: Account, at: datetime) -> None:
    """Exchange a step with its neighbour; at the end of its phase nothing moves. Raises `Stale`."""
    card = step.card
    hold_with_steps(card)
    hold(step)
    order = card.steps_of(step.phase)
    old = order.index(step)
    new = old - 1 if up else old + 1
    if not 0 <= new < len(order):
        return
    order[old], order[new] = order[new], order[old]
    _number(order)
    touch(card, by=by, at=at, fields=CHANGED)


def remove_step(step: CardStep, *, by: Account, at: datetime) -> None:
    """Take a step out of its card. Raises `Stale`."""
    card = step.card
    hold_with_steps(card)
    hold(step)
    card.steps.remove(step)
    _number(card.steps_of(step.phase))
    touch(card, by=by, at=at, fields=CHANGED)


def hold_with_steps(card: ActionCard) -> None:
    """Hold a card, and read its steps again as they are now: two people may be writing it."""
    hold(card)
    now = sa.select(CardStep).where(CardStep.card_id == card.id)
    db.session.scalars(now.execution_options(populate_existing=True)).all()


def _place_in(card: ActionCard, phase: Phase) -> int:
    """The position after the last step of a phase. Raises `TooManySteps`."""
    count = len(card.steps_of(phase))
    if count >= MOST_STEPS:
        raise TooManySteps
    return count


def _number(order: Sequence[CardStep]) -> None:
    for position, step in enumerate(order):
        step.position = position
