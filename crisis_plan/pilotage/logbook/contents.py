"""What an entry says, as one text that is stored and hashed, and the documents that came with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from crisis_plan.folding import folded

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


def as_kept(text: str) -> str:
    """A text as it is stored: browsers and devices end its lines differently."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ by their spaces and line ends at most."""
    return one.split() == other.split()
