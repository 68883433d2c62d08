"""What the communes need in a crisis: counted, never named."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from crisis_plan.adaptation.care_kinds import CareKind


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


WHOLE_TERRITORY = "Tout le territoire"


class Told(Protocol):
    """What a need says of itself."""

    @property
    def commune(self) -> str: ...
    @property
    def kind(self) -> NeedKind: ...
    @property
    def care(self) -> CareKind | None: ...
    @property
    def text(self) -> str: ...
    @property
    def people_count(self) -> int | None: ...
    @property
    def answer(self) -> str: ...


def people_in_words(count: int | None) -> str:
    """« 4 personnes », or nothing where nobody counted."""
    if count is None:
        return ""
    return f"{count}\u00a0personne{'s' if count > 1 else ''}"


def in_words(what: str, need: Told) -> str:
    """« Besoin à Uzès – Continuité des traitements, dialyse, 4 personnes : transport vers Nîmes. Réponse : … »."""
    about = (need.kind.label, need.care.label.lower() if need.care else "", people_in_words(need.people_count))
    where = "sur tout le territoire" if need.commune == WHOLE_TERRITORY else f"à {need.commune}"
    said = f"{what} {where} – {', '.join(part for part in about if part)}\u00a0: {need.text}"
    return f"{said}\nRéponse\u00a0: {need.answer}" if need.answer else said
