"""What the risks are, and how they are judged. Source: domain, section 3 (S004)."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class RiskKind(StrEnum):
    """The risks and threats named in S004, and a CPTS's own."""

    NATURAL = "natural"
    INDUSTRIAL = "industrial"
    INFECTIOUS = "infectious"
    CLIMATIC = "climatic"
    ATTACK = "attack"
    TERRORISM = "terrorism"
    NRBC_WEAPON = "nrbc_weapon"
    CYBER = "cyber"
    OWN = "own"

    @property
    def label(self) -> str:
        return {
            "natural": "Risques naturels",
            "industrial": "Risques industriels et technologiques",
            "infectious": "Risques infectieux (émergents)",
            "climatic": "Risques climatiques",
            "attack": "Attentats, y compris NRBC",
            "terrorism": "Actes terroristes",
            "nrbc_weapon": "Armes NRBC",
            "cyber": "Cyberattaques",
            "own": "Autre risque du territoire",
        }[self.value]


NAMED_BY_S004 = tuple(kind for kind in RiskKind if kind is not RiskKind.OWN)


class Likelihood(IntEnum):
    """How likely, as people of the territory judge it: a scale of the tool, no text gives one."""

    RARE = 1
    POSSIBLE = 2
    LIKELY = 3
    VERY_LIKELY = 4

    @property
    def label(self) -> str:
        return {1: "Rare", 2: "Possible", 3: "Probable", 4: "Très probable"}[self.value]


class Severity(IntEnum):
    """How serious for the population's health and for care: a scale of the tool, no text gives one."""

    LIMITED = 1
    SERIOUS = 2
    GRAVE = 3
    MAJOR = 4

    @property
    def label(self) -> str:
        return {1: "Limitée", 2: "Sérieuse", 3: "Grave", 4: "Majeure"}[self.value]
