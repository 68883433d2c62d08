"""Who receives the plan, in which edition, and what proves it. Source: domain, sections 9 and 12."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis_plan.document.blocks import Edition


class Group(StrEnum):
    """The groups to which the plan goes: ARS, caisses, members and partners (domain, section 9)."""

    ARS = "ars"
    CPAM = "cpam"
    MSA = "msa"
    ADHERENT = "adherent"
    PARTNER = "partner"
    ESTABLISHMENT = "establishment"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "ars": "ARS",
            "cpam": "CPAM",
            "msa": "MSA",
            "adherent": "Adhérents",
            "partner": "Partenaires",
            "establishment": "Établissements",
            "other": "Autres institutions",
        }[self.value]

    @property
    def edition(self) -> Edition:
        """What they are entitled to, unless the CPTS marks one of them « restreinte » (domain, section 12)."""
        return Edition.PUBLIC if self in (Group.PARTNER, Group.ESTABLISHMENT) else Edition.RESTRICTED


class Channel(StrEnum):
    """How a version was given."""

    EMAIL = "email"
    PAPER = "paper"
    MEETING = "meeting"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "email": "Par courriel, lien personnel",
            "paper": "Remis sur papier",
            "meeting": "Remis en réunion",
            "other": "Par un autre moyen",
        }[self.value]


class EventKind(StrEnum):
    """What happened to what was given; each with its time, never changed."""

    SENT = "sent"
    HANDED = "handed"
    REMINDED = "reminded"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return {
            "sent": "Envoyé",
            "handed": "Remis",
            "reminded": "Relancé",
            "opened": "Ouvert",
            "acknowledged": "Accusé de réception",
            "revoked": "Lien retiré",
        }[self.value]


@dataclass(frozen=True)
class Circulated:
    """How far a version went in one group. Given: really sent or handed over, and not withdrawn since."""

    recipients: int = 0
    given: int = 0
    opened: int = 0
    acknowledged: int = 0
    first_on: date | None = None
    """The first day on which someone of the group was given it."""
