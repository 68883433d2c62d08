"""Exercises and awareness actions: their kinds, and the pace at which they come back."""

from __future__ import annotations

from enum import StrEnum


class ExerciseKind(StrEnum):
    COMMUNICATIONS_TEST = "communications_test"
    TABLE_TOP = "table_top"
    LIVE = "live"
    TRAINING = "training"
    INFORMATION = "information"

    @property
    def label(self) -> str:
        return {
            "communications_test": "Test de communication",
            "table_top": "Exercice sur table",
            "live": "Exercice en conditions réelles",
            "training": "Formation",
            "information": "Information, sensibilisation",
        }[self.value]
