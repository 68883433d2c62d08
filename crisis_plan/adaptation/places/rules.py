"""When a place is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from crisis_plan.months import add_months
from crisis_plan.web.formats import counted

CHECK_AFTER_MONTHS = 12
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
    return CheckState.STALE if checked_on < add_months(today, -CHECK_AFTER_MONTHS) else CheckState.CHECKED


def checks_due(places: Iterable[Checked], today: date) -> str:
    """What there is to check, as a sentence; empty when all is well."""
    states = [check_state(place.checked_on, today) for place in places]
    due = sum(state is not CheckState.CHECKED for state in states)
    if not due:
        return ""
    one, several = "lieu mobilisable n’a pas été vérifié", "lieux mobilisables n’ont pas été vérifiés"
    return f"{counted(due, one, several)} depuis 12 mois."


def first_check(places: Iterable[Checked], today: date) -> date | None:
    """The day on which the first of the checks that are late was due; none when only places never checked are."""
    stale = (place.checked_on for place in places if check_state(place.checked_on, today) is CheckState.STALE)
    return min((add_months(day, CHECK_AFTER_MONTHS) for day in stale if day), default=None)
