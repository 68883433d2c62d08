"""The logbook: what an entry is, and how each one seals those before it. Source: domain, section 7."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from crisis_plan.folding import folded

OFFLINE_REASON = "Saisie hors connexion"
"""The reason for lateness of what was typed without network: nobody has to type it."""
CLOCKS_DIFFER = timedelta(minutes=2)
"""A telephone's clock may be this much ahead of the server's: a fact is not refused for that."""


class EntryKind(StrEnum):
    """What an entry tells (domain, section 7)."""

    ALERT = "alert"
    INFORMATION = "information"
    REQUEST = "request"
    INSTRUCTION = "instruction"
    DECISION = "decision"
    ACTION_STARTED = "action_started"
    ACTION_DONE = "action_done"
    MESSAGE = "message"
    SITUATION_REPORT = "situation_report"
    NEED = "need"
    DUTY = "duty"
    DOCUMENT = "document"
    CORRECTION = "correction"
    ACTIVATION = "activation"
    LEVEL = "level"
    STAND_DOWN = "stand_down"
    CLOSING = "closing"
    ERASURE = "erasure"

    @property
    def label(self) -> str:
        return {
            "alert": "Alerte reçue",
            "information": "Information",
            "request": "Demande reçue",
            "instruction": "Consigne reçue",
            "decision": "Décision",
            "action_started": "Action engagée",
            "action_done": "Action faite",
            "message": "Message envoyé",
            "situation_report": "Point de situation",
            "need": "Besoin ou moyen",
            "duty": "Prise de fonction, relève",
            "document": "Document émis",
            "correction": "Correction",
            "activation": "Activation",
            "level": "Changement de niveau",
            "stand_down": "Levée",
            "closing": "Clôture",
            "erasure": "Contenu effacé sur décision",
        }[self.value]


TYPED = (
    EntryKind.INFORMATION,
    EntryKind.REQUEST,
    EntryKind.INSTRUCTION,
    EntryKind.DECISION,
    EntryKind.ACTION_STARTED,
    EntryKind.ACTION_DONE,
    EntryKind.MESSAGE,
    EntryKind.NEED,
    EntryKind.DUTY,
    EntryKind.DOCUMENT,
    EntryKind.ALERT,
)
"""What a person writes by hand, the most frequent first; the others are written by the act that they tell."""

KINDS_BY_KEY = {
    ":": EntryKind.INFORMATION,
    "?": EntryKind.REQUEST,
    "*": EntryKind.INSTRUCTION,
    "!": EntryKind.DECISION,
    "+": EntryKind.ACTION_STARTED,
    "=": EntryKind.ACTION_DONE,
    "@": EntryKind.MESSAGE,
    "#": EntryKind.NEED,
    "&": EntryKind.DUTY,
    "$": EntryKind.DOCUMENT,
    "%": EntryKind.ALERT,
}
"""In an empty field of text, what one key of a French keyboard says (our own choice)."""


class Part(StrEnum):
    """The log itself, and the annex of what arrived after its closing."""

    MAIN = "main"
    ANNEX = "annex"

    @property
    def label(self) -> str:
        return {"main": "Journal", "annex": "Annexe"}[self.value]


@dataclass(frozen=True)
class Written:
    """What someone writes down. Two are enough: the text and its kind."""

    kind: EntryKind
    text: str
    happened_at: datetime | None = None
    """None: it is happening now."""
    origin: str = ""
    recipient: str = ""
    channel: str = ""
    quote: str = ""
    """Word for word, facts apart from analysis."""
    analysis: str = ""
    options: str = ""
    """Of a decision: what else was considered. The choice itself is `text`."""
    reason: str = ""
    known: str = ""
    """Of a decision: what was known then."""
    decided_by: str = ""
    """Of a decision: the function that took it, and who holds it."""
    late_reason: str = ""
    device_at: datetime | None = None
    """The device's clock, for what was typed without network."""
    corrects: int | None = None
    """The number of the entry that this one corrects."""
    client_key: UUID | None = None
    """Made by the form that sent it: the same key again is the same entry."""


CONTENT = (
    "text", "origin", "recipient", "channel", "quote", "analysis", "options", "reason", "known", "decided_by",
    "late_reason",
)  # fmt: skip
"""The fields of what was written that the digest covers, with the attachments."""


@dataclass(frozen=True)
class Content:
    """What an entry says, as it is kept: erased as a whole on a legal order, never changed."""

    text: str = ""
    origin: str = ""
    recipient: str = ""
    channel: str = ""
    quote: str = ""
    analysis: str = ""
    options: str = ""
    reason: str = ""
    known: str = ""
    decided_by: str = ""
    late_reason: str = ""
    attachments: Sequence[Mapping[str, Any]] = field(default=())
    """What is sealed of each document, in order (`sealed_document`)."""


class Document(Protocol):
    """A document of an entry, as it is kept."""

    id: Any
    file_name: Any
    media_type: Any
    size: Any
    sha256: Any


def sealed_document(kept: Document) -> dict[str, Any]:
    """What the content says of a document: its identity, name, media type, size in bytes and hash."""
    return {
        "id": str(kept.id),
        "file_name": kept.file_name,
        "media_type": kept.media_type,
        "size": kept.size,
        "sha256": kept.sha256,
    }


def canonical(content: Content) -> str:
    """The content as the text that is stored and hashed: sorted keys, nothing left out, no space that means nothing."""
    said = {name: getattr(content, name) for name in CONTENT}
    said["attachments"] = [dict(one) for one in content.attachments]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_content(stored: str) -> Content:
    """The content behind its stored text."""
    return Content(**json.loads(stored))


def searched(content: Content) -> str:
    """Everything that a search looks into, as `search_text` keeps it."""
    return folded("\n".join(getattr(content, name) for name in CONTENT if getattr(content, name)))


def erasure_text(name: str, ordered_by: str) -> str:
    """What the entry that tells an erasure says: the number and who ordered it, never the content."""
    return f"Contenu de l’entrée {name} effacé sur décision\u00a0: {ordered_by}"


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


def is_late(happened_at: datetime, entered_at: datetime, late_after_minutes: int) -> bool:
    """Whether the gap between the fact and its entry asks for a reason (domain, section 7)."""
    return entered_at - happened_at > timedelta(minutes=late_after_minutes)


def entry_name(part: Part, number: int) -> str:
    """« n° 12 », « annexe n° 2 »: how documents cite it."""
    return f"n°\u00a0{number}" if part is Part.MAIN else f"annexe n°\u00a0{number}"
