"""Taking out of the mail what it keeps of people who ask to be forgotten (domain, section 12)."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.outbox import PURGED, OutboxMessage

ERASED = "(effacé)"


def forget_addresses(cpts_id: uuid.UUID, addresses: Collection[str]) -> None:
    """What this CPTS wrote to these addresses: unsent, it never leaves; sent, only its date and subject stay."""
    wanted = {address.strip().lower() for address in addresses}
    if not wanted:
        return
    theirs = (OutboxMessage.cpts_id == cpts_id, sa.func.lower(OutboxMessage.recipient).in_(wanted))
    db.session.execute(sa.delete(OutboxMessage).where(*theirs, OutboxMessage.sent_at.is_(None)))
    db.session.execute(sa.update(OutboxMessage).where(*theirs).values(recipient=ERASED, body=PURGED, last_error=""))
