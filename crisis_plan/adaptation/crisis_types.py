"""The five *typologies de crise* that every plan covers (domain, section 4; the list that CPTS pages quote)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class CrisisType(StrEnum):
    """What kind of crisis: what a plan covers, an exercise rehearses, a place serves, a person volunteers for."""

    INJURED = "injured"
    ILL = "ill"
    INFECTIOUS = "infectious"
    NRC = "nrc"
    CARE_DISRUPTED = "care_disrupted"

    @property
    def number(self) -> int:
        """Its rank in the list, as people name it: « type 3 »."""
        return list(CrisisType).index(self) + 1

    @property
    def label(self) -> str:
        return {
            "injured": "Blessés somatiques ou psychiques",
            "ill": "Malades, notamment personnes âgées ou enfants",
            "infectious": "Agent infectieux émergent",
            "nrc": "Agent nucléaire, radiologique ou chimique",
            "care_disrupted": "Altération de l’offre de soins",
        }[self.value]

    @property
    def examples(self) -> str:
        return {
            "injured": "attentat, incendie, explosion, émeute",
            "ill": "grippe, bronchiolite, canicule, grand froid, pollution",
            "infectious": "coronavirus, fièvres hémorragiques, arboviroses, vaccination exceptionnelle",
            "nrc": "accident ou attentat nucléaire, radiologique ou chimique, puis suivi long",
            "care_disrupted": "pénurie de médicaments, neige, inondation, cyclone, cyberattaque",
        }[self.value]


def crisis_types(stored: Iterable[str]) -> list[CrisisType]:
    """The types that a list in the database names, in the order of the domain."""
    named = set(stored)
    return [one for one in CrisisType if one.value in named]
