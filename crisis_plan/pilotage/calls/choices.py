"""Whom one may choose to reach: an audience, and for some of them one more word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crisis_plan.adaptation.crisis_types import crisis_types


class Audience(StrEnum):
    CELL = "cellule"
    REFERENTS = "referents"
    ADHERENTS = "adherents"
    PROFESSION = "profession"
    COMMUNE = "commune"
    VOLUNTEERS = "volontaires"
    PARTNERS = "partenaires"
    EVERYONE = "annuaire"

    @property
    def label(self) -> str:
        return {
            "cellule": "Cellule de crise",
            "referents": "Référents de crise",
            "adherents": "Adhérents",
            "profession": "Une profession",
            "commune": "Une commune",
            "volontaires": "Volontaires",
            "partenaires": "Partenaires",
            "annuaire": "Tout l’annuaire",
        }[self.value]


NAMED = frozenset({Audience.PROFESSION, Audience.COMMUNE})
"""What needs one more word: which profession, which commune."""


@dataclass(frozen=True)
class Choice:
    """An audience; `which` names the profession or the commune, and of volunteers for what type of crisis they are."""

    audience: Audience
    which: str = ""

    @property
    def label(self) -> str:
        """« Adhérents », « Infirmier », « Uzès »."""
        return self.which if self.audience in NAMED else self.audience.label

    @property
    def in_words(self) -> str:
        """« Profession : Infirmier »."""
        if self.audience is Audience.VOLUNTEERS and (known := crisis_types([self.which])):
            return f"{self.audience.label}\u00a0: {known[0].label}"
        kind = {Audience.PROFESSION: "Profession", Audience.COMMUNE: "Commune"}.get(self.audience)
        return f"{kind}\u00a0: {self.which}" if kind else self.audience.label

    @property
    def address(self) -> dict[str, str]:
        """The choice as an address carries it."""
        return {"public": self.audience.value, **({"precision": self.which} if self.which else {})}


def choice(audience: str, which: str) -> Choice | None:
    """What an address or a form names; none when it names nobody."""
    if audience not in list(Audience):
        return None
    found = Audience(audience)
    if found is Audience.VOLUNTEERS:
        return Choice(found, which if crisis_types([which]) else "")
    if found not in NAMED:
        return Choice(found)
    return Choice(found, which) if which else None
