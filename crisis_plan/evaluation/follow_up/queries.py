"""Of every CPTS, the improvements and the debriefs of which somebody may have to be reminded."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from crisis_plan import clock
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.follow_up import rules
from crisis_plan.evaluation.improvements.models import Improvement
from crisis_plan.evaluation.improvements.queries import BY_DAY, OPEN
from crisis_plan.evaluation.improvements.rules import is_to_remind
from crisis_plan.organisations.models import Cpts


@dataclass
class Waiting:
    """What somebody may have to be reminded of, in one CPTS."""

    improvement_ids: list[uuid.UUID] = field(default_factory=list)
    debrief_ids: list[uuid.UUID] = field(default_factory=list)


def waiting(now: datetime) -> dict[uuid.UUID, Waiting]:
    """By CPTS, what is due at its own date and was not reminded; three statements, whatever is written."""
    found: dict[uuid.UUID, Waiting] = defaultdict(Waiting)
    tomorrow = (now + timedelta(days=1)).date()  # which is today already, east of here
    late = sa.select(Improvement, Cpts).join(Cpts, Cpts.id == Improvement.cpts_id)
    for improvement, cpts in db.session.execute(late.where(OPEN, Improvement.due_on < tomorrow).order_by(*BY_DAY)):
        if is_to_remind(improvement, clock.local(now, cpts).date()):
            found[cpts.id].improvement_ids.append(improvement.id)
    for debrief in db.session.scalars(
        _being_written().options(joinedload(Debrief.cpts), selectinload(Debrief.meetings))
    ):
        if rules.to_remind(debrief, clock.local(now, debrief.cpts).date()):
            found[debrief.cpts_id].debrief_ids.append(debrief.id)
    return found


def cpts_with_id(cpts_id: uuid.UUID) -> Cpts:
    return db.session.scalars(sa.select(Cpts).where(Cpts.id == cpts_id)).one()


def improvements_with_ids(ids: Collection[uuid.UUID]) -> Sequence[Improvement]:
    """In the order in which everybody holds them."""
    return db.session.scalars(sa.select(Improvement).where(Improvement.id.in_(ids)).order_by(*BY_DAY)).all()


def debriefs_with_ids(ids: Collection[uuid.UUID]) -> Sequence[Debrief]:
    """Those that nobody validated meanwhile; their meetings are read once they are held."""
    return db.session.scalars(_being_written().where(Debrief.id.in_(ids))).all()


def _being_written() -> sa.Select[Debrief]:
    return sa.select(Debrief).where(Debrief.validated_at.is_(None)).order_by(Debrief.opened_at, Debrief.id)
