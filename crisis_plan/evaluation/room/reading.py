"""Who reads which debrief: the cell reads all of them, an institution those validated and shared with it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from flask import abort

from crisis_plan.access.guard import current_roles
from crisis_plan.access.policy import CRISIS_CELL, Role
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.organisations.models import Cpts

SHARED_WITH = {Role.ARS_READER: Debrief.is_shared_with_ars, Role.CPAM_READER: Debrief.is_shared_with_cpam}


def readable_or_404(cpts: Cpts, debrief_id: UUID) -> Debrief:
    """The debrief at this address, with its meetings, for whom the page is made; two statements."""
    debrief = queries.debrief_or_404(cpts, debrief_id)
    return debrief if is_readable(debrief, current_roles()) else abort(404)


def is_readable(debrief: Debrief, roles: Collection[Role]) -> bool:
    """Whether someone with these roles may read it."""
    if not CRISIS_CELL.isdisjoint(roles):
        return True
    is_shared = (Role.ARS_READER in roles and debrief.is_shared_with_ars) or (
        Role.CPAM_READER in roles and debrief.is_shared_with_cpam
    )
    return debrief.is_validated and is_shared


def readable(roles: Collection[Role]) -> sa.ColumnElement[bool]:
    """The same as `is_readable`, for a query that lists debriefs."""
    if not CRISIS_CELL.isdisjoint(roles):
        return sa.true()
    shared = [column for role, column in SHARED_WITH.items() if role in roles]
    return sa.and_(Debrief.validated_at.is_not(None), sa.or_(sa.false(), *shared))
