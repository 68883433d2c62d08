"""What is sent again: the same key is the same entry, whoever lost its answer on the way."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.once import SentAlready
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.contents import CONTENT, as_kept
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Written
from crisis_plan.web.attachments import Attachment

OF_KEY = sa.select(LogbookEntry).where(LogbookEntry.client_key == sa.bindparam("key"))
"""Every entry asks it, under the lock: written once, it costs half."""
COMPARED = [name for name in CONTENT if name != "late_reason"]


def first_of(key: uuid.UUID) -> LogbookEntry | None:
    """The entry that bears this key already."""
    return db.session.scalars(OF_KEY, {"key": key}).one_or_none()


def same_or_refused(
    first: LogbookEntry, crisis: Crisis, written: Written, attachments: Sequence[Attachment], *, by: Account
) -> LogbookEntry:
    """The first entry of this key, if the same person says the same thing in the same crisis. Raises `SentAlready`."""
    is_same = (
        first.crisis_id == crisis.id
        and first.author_id == by.id
        and first.kind is written.kind
        and first.corrects == written.corrects
        and (written.happened_at in (None, first.happened_at) or first.happened_at == first.entered_at)
        and first.device_at in (None, written.device_at)  # sent at once, its answer lost, then sent from the queue
        and (first.is_erased or _says(first, written, attachments))
    )
    if not is_same:
        raise SentAlready
    return first


def _says(first: LogbookEntry, written: Written, attachments: Sequence[Attachment]) -> bool:
    hashes = [hashlib.sha256(one.content).hexdigest() for one in attachments]
    return all(as_kept(getattr(written, name)) == getattr(first.said, name) for name in COMPARED) and hashes == [
        one["sha256"] for one in first.said.attachments
    ]
