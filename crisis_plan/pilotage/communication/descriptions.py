"""What a person says of a channel or of a prepared message, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.pilotage.calls.choices import Choice
from crisis_plan.pilotage.communication.rules import ChannelKind, Moment


@dataclass(frozen=True)
class ChannelDescription:
    """A channel, who holds it, whom it reaches, what takes its place without network."""

    kind: ChannelKind
    name: str
    serves: str = ""
    contact_id: UUID | None = None
    held_by: str = ""
    fallback: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the channel holds them."""
        return dict(vars(self))


@dataclass(frozen=True)
class ModelDescription:
    """A prepared message: when, in which crises, for whom, and its two texts."""

    title: str
    moment: Moment
    crisis_types: tuple[CrisisType, ...] = ()
    choice: Choice | None = None
    audience_words: str = ""
    subject: str = ""
    email_text: str = ""
    short_text: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the message holds them."""
        told = {name: value for name, value in vars(self).items() if name != "choice"}
        return told | {
            "crisis_types": [one.value for one in self.crisis_types],
            "audience": self.choice.audience if self.choice else None,
            "audience_which": self.choice.which if self.choice else "",
        }
