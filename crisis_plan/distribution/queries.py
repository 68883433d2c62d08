"""The circulation of a version, read: what the claims, the deadlines and the to-do list ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from crisis_plan.db import db
from crisis_plan.distribution.models import Delivery
from crisis_plan.distribution.rules import Circulated, Group
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication


def register(cpts: Cpts, publication: Publication) -> Sequence[Delivery]:
    """Everyone to whom this version was sent or handed, with their proofs, by group and name."""
    return db.session.scalars(
        sa.select(Delivery)
        .where(Delivery.cpts_id == cpts.id, Delivery.publication_id == publication.id)
        .options(selectinload(Delivery.events))
        .order_by(Delivery.name, Delivery.id)
    ).all()


def circulation(cpts: Cpts, publication: Publication) -> Mapping[Group, Circulated]:
    """By group: how many recipients, how many were given it, opened it, acknowledged it, and since when."""
    return {group: Circulated() for group in Group}


def missing_groups(cpts: Cpts, publication: Publication) -> tuple[Group, ...]:
    """The groups that must receive the plan and of which nobody has (domain, section 9)."""
    return ()


def communicated_to_partners_on(cpts: Cpts) -> date | None:
    """The first day on which a published version was given to a partner; none when none was."""
    return None
