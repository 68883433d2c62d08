"""What is said of an improvement when it is decided: what, who, by when, where, and what taught it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from crisis_plan.evaluation.improvements.rules import Origin


@dataclass(frozen=True)
class Owner:
    """Who does it: an account of the CPTS, or somebody in words."""

    account_id: UUID | None = None
    name: str = ""


@dataclass(frozen=True)
class Charge:
    """Who does it, by when."""

    owner: Owner
    due_on: date


@dataclass(frozen=True)
class Target:
    """Where in the plan: a section, a card, or free words; `title` is how it is called today."""

    section_key: str = ""
    card_id: UUID | None = None
    title: str = ""


@dataclass(frozen=True)
class Source:
    """What taught it; `words`: as it is called today."""

    origin: Origin = Origin.BY_HAND
    words: str = ""
    finding_id: UUID | None = None
    exercise_id: UUID | None = None
    lesson_id: UUID | None = None
    opinion_id: UUID | None = None


@dataclass(frozen=True)
class Decided:
    """What will be done, by whom, by when, where in the plan."""

    text: str
    owner: Owner
    due_on: date | None
    target: Target = field(default_factory=Target)
