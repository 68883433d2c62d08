"""How each entry of a logbook seals those before it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from crisis_plan.pilotage.logbook.rules import EntryKind, Part, entry_name


def digest(salt: str, stored_content: str) -> str:
    """The salted fingerprint of a content: without the salt, an erased content cannot be guessed and proved."""
    return hashlib.sha256(f"{salt}\n{stored_content}".encode()).hexdigest()


def as_stored(moment: datetime | None) -> str:
    """A moment as it is hashed: UTC, with the microseconds that both engines store."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""


def origin_seal(crisis_id: UUID) -> str:
    """What the first entry of a log is chained to."""
    return hashlib.sha256(f"crisis_plan logbook {crisis_id}".encode()).hexdigest()


@dataclass(frozen=True)
class Header:
    """All of an entry but its content: what the seal covers beside the content's digest."""

    id: UUID
    crisis_id: UUID
    part: Part
    number: int
    kind: EntryKind
    happened_at: datetime
    entered_at: datetime
    device_at: datetime | None
    author_id: UUID
    author_name: str
    corrects: int | None
    client_key: UUID

    @property
    def name(self) -> str:
        """« n° 12 »."""
        return entry_name(self.part, self.number)


def seal(previous: str, header: Header, content_digest: str) -> str:
    """The seal of an entry: it holds the one before it, so that nothing can be changed, added or taken away between.

    Lines of `name=value`, lengths first, so that no two entries are written alike.
    """
    values = (
        previous,
        str(header.id),
        str(header.crisis_id),
        header.part.value,
        str(header.number),
        header.kind.value,
        as_stored(header.happened_at),
        as_stored(header.entered_at),
        as_stored(header.device_at),
        str(header.author_id),
        header.author_name,
        "" if header.corrects is None else str(header.corrects),
        str(header.client_key),
        content_digest,
    )
    return hashlib.sha256("\n".join(f"{len(value)}:{value}" for value in values).encode()).hexdigest()
