"""The debriefs of a CPTS: what is being written, what was validated, what has none yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from crisis_plan.access.policy import Role
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.rules import REVIEWED
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.room.reading import readable
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.web.pages import PAGE_SIZE, Page, page_of


@dataclass(frozen=True)
class Unopened:
    """What is over and was never reviewed, the latest first; of each no more than a page holds."""

    crises: Sequence[Crisis]
    exercises: Sequence[Exercise]

    def __bool__(self) -> bool:
        return bool(self.crises or self.exercises)


def validated(cpts: Cpts, roles: Collection[Role], number: int) -> Page[Debrief]:
    """A page of the validated debriefs that someone with these roles may read, the latest first."""
    query = sa.select(Debrief).where(Debrief.cpts_id == cpts.id, Debrief.validated_at.is_not(None), readable(roles))
    return page_of(query.order_by(Debrief.over_on.desc(), Debrief.id), number)


def unopened(cpts: Cpts) -> Unopened:
    """Closed crises and held exercises without a debrief; two statements."""
    crises = sa.select(Crisis).where(
        Crisis.cpts_id == cpts.id,
        Crisis.closed_at.is_not(None),
        ~sa.exists().where(Debrief.crisis_id == Crisis.id),
    )
    exercises = sa.select(Exercise).where(
        Exercise.cpts_id == cpts.id,
        Exercise.held_on.is_not(None),
        Exercise.kind.in_(REVIEWED),
        ~sa.exists().where(Debrief.exercise_id == Exercise.id),
    )
    return Unopened(
        db.session.scalars(crises.order_by(Crisis.opened_at.desc(), Crisis.id).limit(PAGE_SIZE)).all(),
        db.session.scalars(exercises.order_by(Exercise.held_on.desc(), Exercise.id).limit(PAGE_SIZE)).all(),
    )
