"""Every duty ends with the crisis."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift


def end_all(crisis: Crisis, *, at: datetime) -> None:
    """Whoever is on duty no longer is; a relief that was planned for later is called off. The crisis is held already."""
    of_crisis = sa.select(CrisisFunction.id).where(CrisisFunction.crisis_id == crisis.id)
    mine = Shift.function_id.in_(of_crisis)
    db.session.execute(sa.delete(Shift).where(mine, Shift.starts_at > at))
    not_over = sa.or_(Shift.ends_at.is_(None), Shift.ends_at > at)
    db.session.execute(sa.update(Shift).where(mine, not_over).values(ends_at=at, version=Shift.version + 1))
