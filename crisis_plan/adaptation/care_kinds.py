"""The kinds of care that cannot stop: what continuity is planned, asked about and counted by (domain, section 8)."""

from __future__ import annotations

from enum import StrEnum


class CareKind(StrEnum):
    """A kind of care whose interruption harms: counted in a crisis, never named after a patient."""

    DIALYSIS = "dialysis"
    OXYGEN = "oxygen"
    INSULIN = "insulin"
    WOUNDS = "wounds"
    ONCOLOGY = "oncology"
    SUBSTITUTION = "substitution"
    PREGNANCY = "pregnancy"
    MENTAL_HEALTH = "mental_health"

    @property
    def label(self) -> str:
        return {
            "dialysis": "Dialyse",
            "oxygen": "Oxygène",
            "insulin": "Insuline",
            "wounds": "Pansements",
            "oncology": "Cancérologie",
            "substitution": "Traitements de substitution",
            "pregnancy": "Grossesse",
            "mental_health": "Santé mentale",
        }[self.value]
