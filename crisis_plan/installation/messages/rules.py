"""Where a message of the outbox stands."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class MessageState(StrEnum):
    SENT = "sent"
    WAITING = "waiting"
    FAILING = "failing"
    GIVEN_UP = "given_up"

    @property
    def label(self) -> str:
        return {
            "sent": "Envoyé",
            "waiting": "En attente",
            "failing": "En échec, sera réessayé",
            "given_up": "Abandonné",
        }[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it."""
        return {"sent": "ok", "waiting": "info", "failing": "warning", "given_up": "urgent"}[self.value]


def message_state(*, sent_at: datetime | None, attempts: int, most_attempts: int, last_error: str) -> MessageState:
    if sent_at:
        return MessageState.SENT
    if attempts >= most_attempts:
        return MessageState.GIVEN_UP
    return MessageState.FAILING if last_error else MessageState.WAITING
