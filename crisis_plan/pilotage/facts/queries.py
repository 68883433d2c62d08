"""The dated facts of a crisis."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.facts.rules import FactKind, Strip, standing, strip_of
from crisis_plan.pilotage.logbook.models import LogbookEntry


def facts(crisis: Crisis) -> Sequence[CrisisFact]:
    """Every saying, the oldest first, with its entry and the names of its documents; one statement."""
    return db.session.scalars(_of(crisis)).all()


def strip(crisis: Crisis) -> Strip[CrisisFact]:
    """What stands of each of the three facts, and the entry that holds its act; one statement."""
    return strip_of(facts(crisis))


def recognitions(cpts: Cpts) -> dict[uuid.UUID, CrisisFact]:
    """Of each real crisis of this CPTS, by its identity, the first recognition that stands; one statement."""
    query = sa.select(CrisisFact).join(Crisis, Crisis.id == CrisisFact.crisis_id)
    query = query.where(Crisis.cpts_id == cpts.id, Crisis.mode == Mode.REAL, CrisisFact.kind == FactKind.RECOGNITION)
    return {fact.crisis_id: fact for fact in standing(db.session.scalars(query))}


def has_changed(crisis: Crisis, number: int) -> bool:
    """Whether a fact was recorded, corrected or withdrawn by an entry after this one; one statement."""
    query = sa.select(CrisisFact.id).where(CrisisFact.crisis_id == crisis.id).join(CrisisFact.entry)
    return bool(db.session.scalar(sa.select(query.where(LogbookEntry.number > number).exists())))


def fact_or_404(crisis: Crisis, fact_id: uuid.UUID) -> CrisisFact:
    """This saying of this crisis."""
    query = _of(crisis).where(CrisisFact.id == fact_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def _of(crisis: Crisis) -> sa.Select[CrisisFact]:
    query = sa.select(CrisisFact).where(CrisisFact.crisis_id == crisis.id).options(joinedload(CrisisFact.entry))
    return query.order_by(CrisisFact.recorded_at, CrisisFact.id)
