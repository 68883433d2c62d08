"""The neighbouring plans, as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, undefer

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory.loading import with_phones
from crisis_plan.db import db
from crisis_plan.due import Said
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import NeighbourKind
from crisis_plan.orsan.neighbours.models import NeighbouringPlan, NeighbouringPlanFile
from crisis_plan.orsan.neighbours.rules import check_state, checks_due, first_check

TOLD = (with_phones(NeighbouringPlan.contact), joinedload(NeighbouringPlan.file))
"""Whom to ask and their telephones, and whether the document is kept: never its bytes."""


@dataclass(frozen=True)
class Filters:
    """What a person looks for among the neighbouring plans."""

    kind: NeighbourKind | None = None
    crisis_type: CrisisType | None = None
    only_due: bool = False

    @property
    def address(self) -> dict[str, str]:
        """The filters as an address carries them, without the empty ones."""
        asked = {
            "nature": self.kind.value if self.kind else "",
            "type": str(self.crisis_type.number) if self.crisis_type else "",
            "a-verifier": "1" if self.only_due else "",
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class NextCheck:
    """A plan, and the day on which it is to be looked at again."""

    id: uuid.UUID
    name: str
    next_check_on: date
    version: int
    updated_at: datetime


def plans(cpts: Cpts) -> Sequence[NeighbouringPlan]:
    """Every neighbouring plan, kind by kind as the catalogue has them, then by name; one statement."""
    found = db.session.scalars(
        sa.select(NeighbouringPlan)
        .where(NeighbouringPlan.cpts_id == cpts.id)
        .options(*TOLD)
        .order_by(NeighbouringPlan.folded_name, NeighbouringPlan.id)
    )
    ranks = {kind: rank for rank, kind in enumerate(NeighbourKind)}
    return sorted(found.unique(), key=lambda plan: ranks[plan.kind])


def matching(found: Iterable[NeighbouringPlan], filters: Filters, today: date) -> list[NeighbouringPlan]:
    """Those that the filters keep."""
    return [
        plan
        for plan in found
        if (filters.kind is None or plan.kind is filters.kind)
        and (filters.crisis_type is None or filters.crisis_type.value in plan.crisis_types)
        and (not filters.only_due or check_state(plan, today).is_due)
    ]


def plan_or_404(cpts: Cpts, plan_id: uuid.UUID) -> NeighbouringPlan:
    """A neighbouring plan, with whom to ask and what is known of its document."""
    query = sa.select(NeighbouringPlan).where(NeighbouringPlan.cpts_id == cpts.id, NeighbouringPlan.id == plan_id)
    return db.session.scalars(query.options(*TOLD)).unique().one_or_none() or abort(404)


def file_or_404(cpts: Cpts, plan_id: uuid.UUID) -> NeighbouringPlanFile:
    """The document kept with a plan, with its bytes."""
    return db.session.scalars(
        sa.select(NeighbouringPlanFile)
        .join(NeighbouringPlanFile.plan)
        .where(NeighbouringPlan.cpts_id == cpts.id, NeighbouringPlan.id == plan_id)
        .options(undefer(NeighbouringPlanFile.content))
    ).one_or_none() or abort(404)


def plan_named(cpts: Cpts, folded_name: str) -> NeighbouringPlan | None:
    return db.session.scalars(
        sa.select(NeighbouringPlan).where(
            NeighbouringPlan.cpts_id == cpts.id, NeighbouringPlan.folded_name == folded_name
        )
    ).one_or_none()


def to_check(cpts: Cpts, today: date) -> Said:
    """What there is to check, for « À faire »; an empty sentence when all is well."""
    asked = sa.select(NeighbouringPlan.edition_seen_on, NeighbouringPlan.next_check_on)
    known = db.session.execute(asked.where(NeighbouringPlan.cpts_id == cpts.id)).all()
    return Said(checks_due(known, today), first_check(known, today))


def dates(cpts: Cpts) -> Sequence[NextCheck]:
    """The next checks, for the calendar."""
    asked = sa.select(
        NeighbouringPlan.id,
        NeighbouringPlan.name,
        NeighbouringPlan.next_check_on,
        NeighbouringPlan.version,
        NeighbouringPlan.updated_at,
    )
    has_one = NeighbouringPlan.next_check_on.is_not(None)
    in_order = asked.order_by(NeighbouringPlan.next_check_on, NeighbouringPlan.folded_name)
    rows = db.session.execute(in_order.where(NeighbouringPlan.cpts_id == cpts.id, has_one))
    return [NextCheck(plan_id, name, day, version, at) for plan_id, name, day, version, at in rows if day]


def is_any(cpts: Cpts) -> bool:
    """Whether a neighbouring plan at least is listed."""
    return bool(db.session.scalar(sa.select(sa.exists().where(NeighbouringPlan.cpts_id == cpts.id))))
