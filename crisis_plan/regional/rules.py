"""Where a CPTS's plan stands on a day. Source: domain, section 9."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis_plan.publication.deadlines import Due, update_due


class PlanState(StrEnum):
    OVERDUE = "en-retard"
    DUE_SOON = "a-echeance"
    UNPUBLISHED = "non-publie"
    EARLIER_ONLY = "version-anterieure"
    UP_TO_DATE = "a-jour"

    @property
    def label(self) -> str:
        return {
            "en-retard": "En retard",
            "a-echeance": "À échéance",
            "non-publie": "Non publié",
            "version-anterieure": "Version antérieure seulement",
            "a-jour": "À jour",
        }[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {
            "en-retard": "urgent",
            "a-echeance": "warning",
            "non-publie": "neutral",
            "version-anterieure": "info",
            "a-jour": "ok",
        }[self.value]


@dataclass(frozen=True)
class Standing:
    """The state of a plan; a due date once a version is published."""

    state: PlanState
    due: Due | None = None


def plan_standing(
    *, published_on: date | None, earlier_on: date | None, mission_started_on: date | None, today: date
) -> Standing:
    """Where the plan stands today. A provisional version never counts; an earlier one has no due date here."""
    if published_on is None:
        return Standing(PlanState.EARLIER_ONLY if earlier_on else PlanState.UNPUBLISHED)
    due = update_due(published_on=published_on, mission_started_on=mission_started_on, today=today)
    if due.is_past(today):
        return Standing(PlanState.OVERDUE, due)
    return Standing(PlanState.DUE_SOON if due.is_near(today) else PlanState.UP_TO_DATE, due)
