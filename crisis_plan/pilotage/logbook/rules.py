"""The logbook: kinds of entries, what someone writes down, and when it is late. Source: domain, section 7."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

OFFLINE_REASON = "Saisie hors connexion"
"""The reason for lateness of what was typed without network: nobody has to type it."""
WRONG_CLOCK = f"{OFFLINE_REASON}, horloge de l’appareil fausse"
"""Said of what was typed without network on a device whose clock cannot be believed: it happened when it came."""
AFTER_CLOSING = "Arrivé après la clôture"
"""The reason for lateness of what reaches a closed log without one: no form is left to ask for it."""
BELIEVED = timedelta(days=1)
"""A device’s clock that says long before the opening, or long after now, is wrong (our own choice)."""
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


def is_believable(device_at: datetime, opened_at: datetime, now: datetime) -> bool:
    """Whether a device’s clock may say this hour in a crisis that opened then."""
    return opened_at - BELIEVED <= device_at <= now + BELIEVED


def is_late(happened_at: datetime, entered_at: datetime, late_after_minutes: int) -> bool:
    """Whether the gap between the fact and its entry asks for a reason (domain, section 7)."""
    return entered_at - happened_at > timedelta(minutes=late_after_minutes)


def entry_name(part: Part, number: int) -> str:
    """« n° 12 », « annexe n° 2 »: how documents cite it."""
    return f"n°\u00a0{number}" if part is Part.MAIN else f"annexe n°\u00a0{number}"
