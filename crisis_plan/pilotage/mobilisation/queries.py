"""Members' time and the actions carried out in a crisis, as they are counted."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from flask import abort
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
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, ActionPerson, TimeSpent
from crisis_plan.pilotage.mobilisation.rules import name_key
from crisis_plan.pilotage.mobilisation.who import Who
from crisis_plan.web.pages import Page, page_of


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
    ordered = query.order_by(ActionCarriedOut.recorded_at, ActionCarriedOut.entry_number)
    return db.session.scalars(ordered.options(selectinload(ActionCarriedOut.people))).all()


def at_work(crisis: Crisis) -> Sequence[TimeSpent]:
    """Those whose time is not over, the first arrived first; one statement."""
    return db.session.scalars(_at_work(crisis).order_by(TimeSpent.starts_at, TimeSpent.name, TimeSpent.id)).all()


def at_work_now(crisis: Crisis, who: Who) -> Sequence[TimeSpent]:
    """The same of one person, noted by their line of the directory or by their name alone; one statement."""
    by_key = TimeSpent.person_key.in_([who.key, name_key(who.name)])
    by_line = TimeSpent.contact_id == who.contact_id if who.contact_id else sa.false()
    query = _at_work(crisis).where(sa.or_(by_key, by_line))
    return db.session.scalars(query.order_by(TimeSpent.starts_at, TimeSpent.id)).all()


def page_of_times(crisis: Crisis, number: int) -> Page[TimeSpent]:
    """A page of every time recorded, the latest first; withdrawn ones too, which do not count; two statements."""
    query = sa.select(TimeSpent).where(TimeSpent.crisis_id == crisis.id)
    return page_of(query.order_by(TimeSpent.starts_at.desc(), TimeSpent.name, TimeSpent.id), number)


def page_of_actions(crisis: Crisis, number: int) -> Page[ActionCarriedOut]:
    """A page of every action recorded, the latest first; withdrawn ones too, which do not count; three statements."""
    query = sa.select(ActionCarriedOut).where(ActionCarriedOut.crisis_id == crisis.id)
    ordered = query.order_by(ActionCarriedOut.happened_at.desc(), ActionCarriedOut.id)
    return page_of(ordered.options(selectinload(ActionCarriedOut.people)), number)


def time_or_404(crisis: Crisis, time_id: uuid.UUID) -> TimeSpent:
    """A time of this crisis."""
    query = sa.select(TimeSpent).where(TimeSpent.crisis_id == crisis.id, TimeSpent.id == time_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def action_or_404(crisis: Crisis, action_id: uuid.UUID) -> ActionCarriedOut:
    """A recorded action of this crisis."""
    query = sa.select(ActionCarriedOut).where(ActionCarriedOut.crisis_id == crisis.id, ActionCarriedOut.id == action_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def rows_of(crisis: Crisis, keys: Collection[str]) -> list[TimeSpent | ActionPerson]:
    """Every row that names one of these people, withdrawn or not; two statements."""
    times = sa.select(TimeSpent).where(TimeSpent.crisis_id == crisis.id, TimeSpent.person_key.in_(keys))
    acting = sa.select(ActionPerson).join(ActionPerson.action).where(
        ActionCarriedOut.crisis_id == crisis.id, ActionPerson.person_key.in_(keys)
    )  # fmt: skip
    return [*db.session.scalars(times), *db.session.scalars(acting)]


def _at_work(crisis: Crisis) -> sa.Select[TimeSpent]:
    return sa.select(TimeSpent).where(
        TimeSpent.crisis_id == crisis.id, TimeSpent.ends_at.is_(None), TimeSpent.withdrawn_at.is_(None)
    )
