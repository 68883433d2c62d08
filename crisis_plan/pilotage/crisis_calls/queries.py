"""The call lists of a crisis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls.models import CrisisCallList

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.models import CallList


def lists(crisis: Crisis) -> Sequence[CallList]:
    """Every call list of this crisis, the latest opened first; one statement."""
    query = sa.select(CrisisCallList).where(CrisisCallList.crisis_id == crisis.id)
    found = db.session.scalars(query.options(joinedload(CrisisCallList.call_list))).all()
    return sorted((one.call_list for one in found), key=lambda one: one.opened_at, reverse=True)


def running(crisis: Crisis) -> Sequence[CallList]:
    """Those that are still open."""
    return [one for one in lists(crisis) if one.closed_at is None]
