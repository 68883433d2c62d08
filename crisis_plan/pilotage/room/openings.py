"""What someone says when opening a crisis: three things are required, the rest may wait."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.pilotage.crises.rules import Mode


@dataclass(frozen=True)
class ChosenLevel:
    """A level as it stood when it was chosen: of the CPTS's own ladder, or a default name where there is none."""

    key: str
    """What a form sends: the identity of the level, or its name."""
    name: str
    level_id: uuid.UUID | None = None
    criteria: str = ""
    silence_minutes: int | None = None
    report_every_minutes: int | None = None
    function_ids: frozenset[uuid.UUID] = frozenset()
    """Functions of the cell that it asks for."""
    function_keys: frozenset[str] = frozenset()
    """The same, by the key of the proposed list: of a default level."""


@dataclass(frozen=True)
class Opening:
    """A crisis or an exercise to open. `alert`: fields of `CrisisAlert` that are known already."""

    mode: Mode
    title: str
    crisis_type: CrisisType
    level: ChosenLevel
    reason: str = ""
    decided_by: str = ""
    alert: Mapping[str, Any] = field(default_factory=dict)
    anyway: bool = False
    """Another one was opened a moment ago, and this one is not the same."""
    client_key: uuid.UUID | None = None

    @property
    def received_at(self) -> datetime | None:
        received: datetime | None = self.alert.get("received_at")
        return received
