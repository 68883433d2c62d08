"""What people write themselves: entries, corrections, the flag « à revoir »."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.once import SentAlready
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed, hold_open
from crisis_plan.pilotage.logbook import queries
from crisis_plan.pilotage.logbook.models import EntryFlag, LogbookEntry
from crisis_plan.pilotage.logbook.operations import LateWithoutReason, NotYetHappened, append_entry
from crisis_plan.pilotage.logbook.rules import Written
from crisis_plan.web.attachments import Attachment

REFUSALS = (SentAlready, NotYetHappened, LateWithoutReason)
"""What keeps one line of a sheet back, and not the others."""


def write_down(
    crisis: Crisis, written: Written, *, by: Account, at: datetime, attachments: Sequence[Attachment] = ()
) -> LogbookEntry:
    """Add what someone typed. What a device kept goes to the annex of a closed crisis, anything else is refused there.

    Raises `CrisisClosed`, and as `append_entry`.
    """
    if crisis.closed_at is not None and written.device_at is None and not queries.is_known(written.client_key):
        raise CrisisClosed
    return append_entry(crisis, written, by=by, at=at, attachments=attachments)


def mark(entry: LogbookEntry, *, note: str, by: Account, at: datetime) -> EntryFlag:
    """Mark an entry « à revoir », or change the note of its mark: beside the log, not in it. Raises `CrisisClosed`."""
    hold_open(entry.crisis)
    flag = db.session.get(EntryFlag, entry.id) or EntryFlag(entry_id=entry.id)
    flag.flagged_at, flag.flagged_by_id, flag.flagged_by_name, flag.note = at, by.id, by.name, note
    db.session.add(flag)
    db.session.flush()
    return flag


def unmark(entry: LogbookEntry) -> None:
    """Take the mark off; without one, nothing changes. Raises `CrisisClosed`."""
    hold_open(entry.crisis)
    db.session.execute(sa.delete(EntryFlag).where(EntryFlag.entry_id == entry.id))
