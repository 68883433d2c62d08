"""What was recorded by mistake is withdrawn, never deleted; a person counted twice is made one."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.mobilisation import queries, wording

if TYPE_CHECKING:
    from crisis_plan.pilotage.mobilisation.counts import PersonLine
    from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent


def withdraw(
    crisis: Crisis,
    row: TimeSpent | ActionCarriedOut,
    reason: str,
    *,
    key: uuid.UUID | None = None,
    by: Account,
    at: datetime,
) -> None:
    """No longer counted, still readable; withdrawn again, nothing changes. Raises `CrisisClosed`."""
    hold_open(crisis)
    hold(row)
    if row.withdrawn_at is not None:
        return
    said = Written(EntryKind.INFORMATION, wording.withdrawn(row, crisis.cpts), reason=reason, client_key=key)
    append_entry(crisis, said, by=by, at=at)
    row.withdrawn_at = at
    row.version += 1
    db.session.flush()


def join(crisis: Crisis, kept: PersonLine, other: PersonLine, *, by: Account, at: datetime) -> None:
    """Someone says that these two lines are one person: counted once from now on. Raises `CrisisClosed`."""
    hold_open(crisis)
    contact_id = next(iter(kept.contact_ids), None)
    said = Written(EntryKind.INFORMATION, wording.joined(kept.told, other.told))
    append_entry(crisis, said, by=by, at=at)
    for row in queries.rows_of(crisis, other.keys):
        row.person_key, row.contact_id = kept.key, contact_id
        row.name, row.profession = kept.name, kept.profession or row.profession
    db.session.flush()
