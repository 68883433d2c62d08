"""A call list: who was tried, who answered, who comes, and how long it took."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """Why people are called. Only a crisis counts as one."""

    TEST = "test"
    EXERCISE = "exercise"
    CRISIS = "crisis"

    @property
    def label(self) -> str:
        return {"test": "Test de communication", "exercise": "Exercice", "crisis": "Crise"}[self.value]


class Channel(StrEnum):
    TELEPHONE = "telephone"
    SMS = "sms"
    EMAIL = "email"

    @property
    def label(self) -> str:
        return {"telephone": "Appel téléphonique", "sms": "SMS", "email": "Courriel avec lien de réponse"}[self.value]


class Outcome(StrEnum):
    """What came of one attempt."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"

    @property
    def label(self) -> str:
        return {"reached": "Joint", "no_answer": "Pas de réponse", "wrong_number": "Mauvais numéro"}[self.value]
