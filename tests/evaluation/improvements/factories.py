"""Improvements to arrange a test with, decided as the application decides them."""

from __future__ import annotations

from datetime import date, datetime

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.db import db
from crisis_plan.evaluation.improvements import operations
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.operations import Decided, Owner, Source, Target
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts
from tests.factories import NOON

DUE = date(2027, 3, 1)
BY_HAND = Source()
OUTSIDE = Target(title="Stock de la CPTS")


def an_improvement(
    cpts: Cpts,
    by: Account,
    *,
    text: str = "Ajouter les horaires d’été à la fiche",
    owner: Owner | None = None,
    due_on: date = DUE,
    target: Target = OUTSIDE,
    source: Source = BY_HAND,
    state: ImprovementState = ImprovementState.OPEN,
    word: str = "C’est écrit.",
    at: datetime = NOON,
) -> Improvement:
    """An improvement of the CPTS, in charge of whoever decides it unless said otherwise; committed."""
    decided = Decided(text, owner or Owner(by.id, by.name), due_on, target)
    made = operations.decide(cpts, decided, source, by=by, at=at)
    if state is not ImprovementState.OPEN:
        operations.move(made, state, word, seen_version=made.version, by=by, at=at)
    db.session.commit()
    return made


def a_card(cpts: Cpts, title: str = "Infirmiers en canicule") -> ActionCard:
    """An action card, alone; committed."""
    card = ActionCard(cpts_id=cpts.id, title=title, position=1, created_at=NOON, updated_at=NOON)
    db.session.add(card)
    db.session.commit()
    return card
