"""What a reader may say of a section, and where the conversation then stands. Source: product, section 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class MessageKind(StrEnum):
    """What a word of the conversation is: four for who reads, one for the CPTS."""

    REMARK = "remark"
    QUESTION = "question"
    TO_CORRECT = "to_correct"
    AGREED = "agreed"
    ANSWER = "answer"

    @property
    def label(self) -> str:
        return {
            "remark": "Remarque",
            "question": "Question",
            "to_correct": "À corriger",
            "agreed": "D’accord",
            "answer": "Réponse de la CPTS",
        }[self.value]


OF_A_READER = (MessageKind.REMARK, MessageKind.QUESTION, MessageKind.TO_CORRECT, MessageKind.AGREED)


class Standing(StrEnum):
    """Where a conversation stands, the most pressing first: waiting for the CPTS, answered, or agreed."""

    OPEN = "en-attente"
    ANSWERED = "repondu"
    AGREED = "accord"

    @property
    def label(self) -> str:
        return {"en-attente": "Attend la CPTS", "repondu": "La CPTS a répondu", "accord": "D’accord"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"en-attente": "warning", "repondu": "info", "accord": "ok"}[self.value]


WAITING = (MessageKind.REMARK, MessageKind.QUESTION, MessageKind.TO_CORRECT)
"""A conversation whose last word is one of these waits for the CPTS."""


def standing(kinds: Sequence[MessageKind]) -> Standing:
    """What the last word of a conversation makes of it."""
    match kinds[-1]:
        case MessageKind.ANSWER:
            return Standing.ANSWERED
        case MessageKind.AGREED:
            return Standing.AGREED
        case _:
            return Standing.OPEN


@dataclass(frozen=True)
class Words:
    """What somebody says: of which kind, in which words; only « d’accord » may say nothing more."""

    kind: MessageKind
    text: str = ""


LONGEST_TEXT = 4_000
