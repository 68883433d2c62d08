"""Whom a prepared message is for."""

from __future__ import annotations

from typing import Protocol

from crisis_plan.pilotage.calls.audience import Choice, choice


class Addressed(Protocol):
    """A message, as it is stored: the audience by its value, which profession or commune, then words."""

    @property
    def audience(self) -> str | None: ...
    @property
    def audience_which(self) -> str: ...
    @property
    def audience_words(self) -> str: ...


def choice_of(message: Addressed) -> Choice | None:
    """The people of the directory that it is for; none where only words say it."""
    return choice(message.audience or "", message.audience_which)


def for_whom(message: Addressed) -> str:
    """« Adhérents », « Profession : Infirmier », « Mairies du territoire »; empty when it is chosen on the day."""
    chosen = choice_of(message)
    return " – ".join(words for words in (chosen.in_words if chosen else "", message.audience_words) if words)
