"""What the communes need in a crisis: counted, never named."""

from __future__ import annotations

from enum import StrEnum


class NeedKind(StrEnum):
    CARE = "care"
    CONTINUITY = "continuity"
    SHELTER = "shelter"
    SUPPLIES = "supplies"
    STAFF = "staff"
    TRANSPORT = "transport"
    INFORMATION = "information"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "care": "Soins",
            "continuity": "Continuité des traitements",
            "shelter": "Accueil et hébergement",
            "supplies": "Matériel et produits",
            "staff": "Professionnels en renfort",
            "transport": "Transport",
            "information": "Information de la population",
            "other": "Autre besoin",
        }[self.value]


class NeedState(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    MET = "met"
    HANDED_OVER = "handed_over"

    @property
    def label(self) -> str:
        return {"open": "À couvrir", "under_way": "En cours", "met": "Couvert", "handed_over": "Transmis"}[self.value]

    @property
    def tone(self) -> str:
        return {"open": "urgent", "under_way": "warning", "met": "ok", "handed_over": "info"}[self.value]

    @property
    def is_open(self) -> bool:
        return self in (NeedState.OPEN, NeedState.UNDER_WAY)
