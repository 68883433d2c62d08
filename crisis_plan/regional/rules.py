"""Where a CPTS's plan stands on a day, and by when it is to be published. Source: domain, section 9."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crisis_plan.publication.deadlines import Due, next_update
from crisis_plan.yearly_update.deadlines.rules import Achieved, Contract, DeadlineKind, deadlines


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
    """The state of a plan, and by when a version is due: the first one where the contract says it, then the update."""

    state: PlanState
    due: Due | None = None
    is_late: bool = False
    """Whether that day has passed: said beside the state, where the state itself does not say it."""


def plan_standing(contract: Contract, *, published_on: date | None, earlier_on: date | None, today: date) -> Standing:
    """Where the plan stands today. A provisional version never counts; an earlier one is a written plan to update."""
    if due := next_update(contract.mission_started_on, published_on, earlier_on, today):
        if not published_on:
            return Standing(PlanState.EARLIER_ONLY, due, due.is_past(today))
        return _against(due, PlanState.UP_TO_DATE, today)
    first = first_due(contract, today)
    return _against(first, PlanState.UNPUBLISHED, today) if first else Standing(PlanState.UNPUBLISHED)


def first_due(contract: Contract, today: date) -> Due | None:
    """By when the contract wants a plan written; none while the CPTS has not said from which day that is counted."""
    found = (one for one in deadlines(contract, Achieved(), today) if one.kind is DeadlineKind.START)
    return next((Due(one.on, one.reason) for one in found), None)


def _against(due: Due, otherwise: PlanState, today: date) -> Standing:
    if due.is_past(today):
        return Standing(PlanState.OVERDUE, due)
    return Standing(PlanState.DUE_SOON if due.is_near(today) else otherwise, due)
