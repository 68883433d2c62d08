"""Action cards written by somebody of the CPTS, as their operations store them."""

from __future__ import annotations

from datetime import date
from typing import Any

from crisis_plan.adaptation.responses import operations
from crisis_plan.adaptation.responses.descriptions import CardDescription
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from tests.factories import NOON, TODAY, AccountFactory


def written(cpts: Cpts, title: str = "Première heure", *, reread_on: date | None = TODAY, **told: Any) -> ActionCard:
    """A card at the end of the booklet of this CPTS."""
    description = CardDescription(title, **told)
    made = operations.add(cpts, description, reread_on=reread_on, by=AccountFactory(), at=NOON)
    db.session.commit()
    return made
