"""An entry takes its number and its seal after the one before it; whoever writes it holds the crisis."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.contents import CONTENT, Content, as_kept, canonical, sealed_document, searched
from crisis_plan.pilotage.logbook.models import LogbookAttachment, LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part, Written
from crisis_plan.pilotage.logbook.seals import digest, origin_seal, seal
from crisis_plan.web.attachments import Attachment

NEWEST = (
    sa.select(LogbookEntry.number, LogbookEntry.seal, LogbookEntry.entered_at)
    .where(LogbookEntry.crisis_id == sa.bindparam("crisis_id"), LogbookEntry.part == sa.bindparam("part"))
    .order_by(LogbookEntry.number.desc())
    .limit(1)
)
"""Every entry asks it, under the lock: written once, it costs half."""


@dataclass(frozen=True)
class Before:
    """What the next entry follows."""

    part: Part
    number: int
    """0 before the first entry of a part."""
    seal: str
    entered_at: datetime | None

    def not_before(self, at: datetime) -> datetime:
        """When the next one is entered: hours follow the numbers, even where two servers’ clocks differ."""
        return max(at, self.entered_at) if self.entered_at else at


def what_came_before(crisis: Crisis) -> Before:
    """The last entry of the part that the next one goes to: the annex begins with the seal of the closing entry."""
    part = Part.MAIN if crisis.closed_at is None else Part.ANNEX
    if last := db.session.execute(NEWEST, {"crisis_id": crisis.id, "part": part}).one_or_none():
        return Before(part, last.number, last.seal, last.entered_at)
    if closing := db.session.execute(NEWEST, {"crisis_id": crisis.id, "part": Part.MAIN}).one_or_none():
        return Before(part, 0, closing.seal, closing.entered_at)
    return Before(part, 0, origin_seal(crisis.id), None)


def sealed(
    crisis: Crisis, before: Before, written: Written, attachments: Sequence[Attachment], *, by: Account, at: datetime
) -> LogbookEntry:
    """Write down the entry that follows, entered at this hour."""
    files = [_file(position, one, by=by, at=at) for position, one in enumerate(attachments, start=1)]
    entry = LogbookEntry(
        id=uuid.uuid4(),
        crisis_id=crisis.id,
        part=before.part,
        number=before.number + 1,
        kind=written.kind,
        happened_at=written.happened_at,
        entered_at=at,
        device_at=written.device_at,
        author_id=by.id,
        author_name=by.name,
        corrects=written.corrects,
        client_key=written.client_key,
        attachments=files,
    )
    _seal(entry, _content(written, files), before.seal)
    db.session.add(entry)
    db.session.flush()
    return entry


def _seal(entry: LogbookEntry, content: Content, previous: str) -> None:
    entry.salt, entry.content, entry.search_text = secrets.token_hex(16), canonical(content), searched(content)
    entry.content_digest, entry.previous_seal = digest(entry.salt, entry.content), previous
    entry.seal = seal(previous, entry.header, entry.content_digest)


def _content(written: Written, files: Sequence[LogbookAttachment]) -> Content:
    said = {name: as_kept(getattr(written, name)) for name in CONTENT}
    return Content(**said, attachments=tuple(sealed_document(one) for one in files))


def _file(position: int, attachment: Attachment, *, by: Account, at: datetime) -> LogbookAttachment:
    found = LogbookAttachment(id=uuid.uuid4(), position=position)
    found.take(attachment, by=by, at=at)
    return found
