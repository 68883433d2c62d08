"""The needs of the communes, as they stand."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.rules import NeedState

OPEN = tuple(state for state in NeedState if state.is_open)


def still_open(crisis: Crisis) -> Sequence[CommuneNeed]:
    """Needs neither met nor handed over, by commune; one statement."""
    query = sa.select(CommuneNeed).where(CommuneNeed.crisis_id == crisis.id, CommuneNeed.state.in_(OPEN))
    return db.session.scalars(query.order_by(CommuneNeed.commune, CommuneNeed.created_at)).all()
