"""What is to be improved, who does it by when, and what became of it. Source: domain, section 8 (review)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

REMINDED_EVERY = timedelta(days=30)
"""An overdue improvement is reminded so often, until something is said of it (our own choice)."""
DUE_SOON = timedelta(days=30)
"""Said among what there is to do so long before (our own choice)."""
LONGEST_TEXT = 500
LONGEST_WORD = 2_000


class Origin(StrEnum):
    """Where the lesson was learnt."""

    CRISIS = "crisis"
    EXERCISE = "exercise"
    OPINION = "opinion"
    BY_HAND = "by_hand"

    @property
    def label(self) -> str:
        return {"crisis": "Crise", "exercise": "Exercice", "opinion": "Avis", "by_hand": "Ajoutée à la main"}[
            self.value
        ]


class ImprovementState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"open": "À faire", "in_progress": "En cours", "done": "Réalisée", "refused": "Non retenue"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"open": "warning", "in_progress": "info", "done": "ok", "refused": "neutral"}[self.value]

    @property
    def is_open(self) -> bool:
        return self in (ImprovementState.OPEN, ImprovementState.IN_PROGRESS)

    @property
    def word_label(self) -> str:
        """What the word said with it is called."""
        return {"open": "Précision", "in_progress": "Avancement", "done": "Preuve", "refused": "Raison"}[self.value]

    @property
    def needs_a_word(self) -> bool:
        """Done comes with its proof, refused with its reason (domain, section 8)."""
        return not self.is_open


class Step(Protocol):
    """How an improvement stood after one change of it."""

    @property
    def at(self) -> datetime: ...
    @property
    def state(self) -> ImprovementState: ...


class Due(Protocol):
    """What tells whether an improvement is late."""

    @property
    def state(self) -> ImprovementState: ...
    @property
    def due_on(self) -> date | None: ...


class Remindable(Due, Protocol):
    """The same, and when somebody was last reminded of it."""

    @property
    def reminded_on(self) -> date | None: ...


def is_overdue(improvement: Due, today: date) -> bool:
    """Whether it should be done by now: its last day is over."""
    return improvement.state.is_open and improvement.due_on is not None and improvement.due_on < today


def is_due_soon(improvement: Due, today: date) -> bool:
    """Whether its last day is today or one of the thirty that come."""
    day = improvement.due_on
    return improvement.state.is_open and day is not None and today <= day <= today + DUE_SOON


def is_to_remind(improvement: Remindable, today: date) -> bool:
    """Whether its owner is to be written to: once overdue, then every thirty days; another date begins again."""
    if not is_overdue(improvement, today) or improvement.due_on is None:
        return False
    last = improvement.reminded_on
    return last is None or last <= improvement.due_on or today - last >= REMINDED_EVERY


def opened_at(steps: Iterable[Step]) -> datetime | None:
    """When it was last decided or taken up again, of its steps in their order; none while it never was open."""
    opened, was_open = None, False
    for step in steps:
        if step.state.is_open and not was_open:
            opened = step.at
        was_open = step.state.is_open
    return opened


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text, or its beginning up to a whole word and « … »: that something is missing is seen."""
    if len(text) <= longest:
        return text
    words = text[: longest - 1].rsplit(maxsplit=1)
    whole = words[0] if len(words) > 1 else text[: longest - 2]
    return f"{whole.rstrip()}\u00a0…"


def name(number: int) -> str:
    """« Amélioration n° 3 »: how documents cite it."""
    return f"Amélioration n°\u00a0{number}"
