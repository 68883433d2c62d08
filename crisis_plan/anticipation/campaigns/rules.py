"""What a verification campaign asks, and what its answers amount to."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """What the person said of their own line."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"

    @property
    def label(self) -> str:
        return {"confirmed": "Confirmé", "corrected": "Corrigé"}[self.value]


class Decision(StrEnum):
    """What became of a correction."""

    APPLIED = "applied"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {"applied": "Reportée dans l’annuaire", "declined": "Non retenue"}[self.value]
