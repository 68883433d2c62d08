"""The caisses that follow a CPTS: who reads its claims, in whose name they answer."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from crisis_plan.access.models import Account, Readership
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts, Institution, InstitutionKind

CAISSES = (InstitutionKind.CPAM, InstitutionKind.MSA)


def readers_of(cpts: Cpts) -> Sequence[Account]:
    """The accounts that read for a caisse whose area this CPTS is in, each once, by address; one statement."""
    query = sa.select(Readership).join(Readership.institution).join(Readership.account)
    query = query.where(Institution.kind.in_(CAISSES))
    found = db.session.scalars(
        query.options(contains_eager(Readership.institution), contains_eager(Readership.account))
    )
    reading = {one.account.email: one.account for one in found if one.institution.covers(cpts)}
    return [reading[email] for email in sorted(reading)]


def caisse_of(account: Account, cpts: Cpts) -> Institution | None:
    """The caisse for which this account reads the claims of this CPTS."""
    found = [one.institution for one in account.readerships]
    covering = [one for one in found if one.kind in CAISSES and one.covers(cpts)]
    return min(covering, key=lambda one: (CAISSES.index(one.kind), one.name), default=None)
