"""Members' time and the actions carried out in a crisis, as they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.mobilisation.counts import (
    ActionLine,
    PersonLine,
    Totals,
    actions_of,
    people_of,
    totals_of,
)
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent


class PlayedNotReal(RuleBroken):
    def __str__(self) -> str:
        return "C’est un exercice\u00a0: ses comptes ne servent à aucune demande de paiement ni à aucune statistique."


def totals(crisis: Crisis, now: datetime) -> Totals:
    """Distinct professionals, by profession with hours, and distinct actions; three statements.

    An exercise is counted too, for its own page: a claim asks `counts_for_claim`.
    """
    times, carried_out = counted_times(crisis), counted_actions(crisis)
    return totals_of(people_of(times, carried_out), actions_of(carried_out), counted_until(crisis, now))


def people(crisis: Crisis) -> list[PersonLine]:
    """The distinct people with recorded time or a recorded action, by name; three statements."""
    return people_of(counted_times(crisis), counted_actions(crisis))


def actions(crisis: Crisis) -> list[ActionLine]:
    """The distinct actions of the plan carried out, the first one first; two statements."""
    return actions_of(counted_actions(crisis))


def counts_for_claim(crisis: Crisis, now: datetime) -> Totals:
    """The counts that a claim may state. Raises `PlayedNotReal` for an exercise; three statements."""
    if crisis.is_exercise:
        raise PlayedNotReal
    return totals(crisis, now)


def counted_until(crisis: Crisis, now: datetime) -> datetime:
    """When what is still going on stops being counted: at the closing at the latest."""
    return min(now, crisis.closed_at) if crisis.closed_at else now


def counted_times(crisis: Crisis) -> Sequence[TimeSpent]:
    """The times that count, the oldest first; one statement."""
    query = sa.select(TimeSpent).where(TimeSpent.crisis_id == crisis.id, TimeSpent.withdrawn_at.is_(None))
    return db.session.scalars(query.order_by(TimeSpent.recorded_at, TimeSpent.starts_at, TimeSpent.id)).all()


def counted_actions(crisis: Crisis) -> Sequence[ActionCarriedOut]:
    """The actions that count with who did them, the oldest first; two statements."""
    query = sa.select(ActionCarriedOut).where(
        ActionCarriedOut.crisis_id == crisis.id, ActionCarriedOut.withdrawn_at.is_(None)
    )
    ordered = query.order_by(ActionCarriedOut.recorded_at, ActionCarriedOut.id)
    return db.session.scalars(ordered.options(selectinload(ActionCarriedOut.people))).all()
