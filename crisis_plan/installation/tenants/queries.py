"""The tenants, as the operator sees them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Invitation, Membership
from crisis_plan.access.policy import Role
from crisis_plan.db import db
from crisis_plan.installation.tenants.rules import FirstReferent, first_referent
from crisis_plan.organisations import queries as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import proposed_slug
from crisis_plan.web.pages import Page, page_of_list


@dataclass(frozen=True)
class Line:
    """A CPTS in the operator's list."""

    cpts: Cpts
    communes: int
    first_referent: FirstReferent


def listed(asked: str, number: int, *, now: datetime) -> Page[Line]:
    """The CPTS that match, in pages."""
    page = page_of_list(organisations.matching(asked, organisations.every_cpts()), number)
    ids = [cpts.id for cpts in page.items]
    counts, standings = organisations.commune_counts(ids), first_referents(ids, now=now)
    lines = [Line(cpts, counts.get(cpts.id, 0), standings[cpts.id]) for cpts in page.items]
    return Page(lines, page.number, page.total)


def first_referents(cpts_ids: Collection[uuid.UUID], *, now: datetime) -> dict[uuid.UUID, FirstReferent]:
    """Where the first referent of each of these CPTS stands."""
    with_account = set(
        db.session.scalars(
            sa.select(Membership.cpts_id).where(Membership.role == Role.REFERENT, Membership.cpts_id.in_(cpts_ids))
        )
    )
    invited = set(
        db.session.scalars(
            sa.select(Invitation.cpts_id).where(
                Invitation.role == Role.REFERENT,
                Invitation.cpts_id.in_(cpts_ids),
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now,
            )
        )
    )
    return {one: first_referent(has_account=one in with_account, is_invited=one in invited) for one in cpts_ids}


def free_slug(name: str) -> str:
    """The address that this name gives, numbered where another CPTS has it; empty when it gives none."""
    slug = proposed_slug(name)
    number = 2
    proposed = slug
    while proposed and organisations.is_slug_taken(proposed):
        proposed, number = f"{slug[:76]}-{number}", number + 1
    return proposed
