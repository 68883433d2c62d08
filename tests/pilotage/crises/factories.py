"""A crisis to arrange a test with: opened by hand, without what the crisis room does around it."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import SILENCE_MINUTES, Mode
from tests.factories import NOON


def a_crisis(
    cpts: Cpts, by: Account, *, mode: Mode = Mode.REAL, title: str = "Feu de forêt", at: datetime = NOON
) -> Crisis:
    """An open crisis with an empty logbook."""
    crisis = Crisis(
        cpts_id=cpts.id,
        mode=mode,
        number=queries.next_number(cpts, mode),
        title=title,
        crisis_type=CrisisType.ILL,
        level_name="Activation partielle",
        silence_minutes=SILENCE_MINUTES,
        opened_at=at,
        opened_by_id=by.id,
        opened_by_name=by.name,
    )
    db.session.add(crisis)
    db.session.flush()
    return crisis
