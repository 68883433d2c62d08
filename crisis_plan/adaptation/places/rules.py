"""When a place is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from crisis_plan.web.formats import counted

CHECK_AFTER_YEARS = 1
"""Places are checked with the yearly update (domain, section 8)."""


class CheckState(StrEnum):
    """Whether somebody made sure lately that a place can be opened as it is written, the most urgent first."""

    NEVER = "never"
    STALE = "stale"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        return {"never": "Jamais vérifié", "stale": "À revoir", "checked": "Vérifié"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"never": "warning", "stale": "warning", "checked": "ok"}[self.value]


class Checked(Protocol):
    @property
    def checked_on(self) -> date | None: ...


def check_state(checked_on: date | None, today: date) -> CheckState:
    """What the day of the last check says."""
    if checked_on is None:
        return CheckState.NEVER
    return CheckState.STALE if checked_on < checked_since(today) else CheckState.CHECKED


def checked_since(today: date) -> date:
    """A place checked on this day or later need not be checked again."""
    try:
        return today.replace(year=today.year - CHECK_AFTER_YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year - CHECK_AFTER_YEARS, day=28)


def checks_due(places: Iterable[Checked], today: date) -> str:
    """What there is to check, as a sentence; empty when all is well."""
    states = [check_state(place.checked_on, today) for place in places]
    due = sum(state is not CheckState.CHECKED for state in states)
    if not due:
        return ""
    one, several = "lieu mobilisable n’a pas été vérifié", "lieux mobilisables n’ont pas été vérifiés"
    return f"{counted(due, one, several)} depuis 12 mois."
