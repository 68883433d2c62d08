"""The three meetings of a debrief: planned, held, or said not to be held. Source: domain, section 8."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan.access.models import Account
from crisis_plan.db import take
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.dates import refuse_before
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefMeeting
from crisis_plan.evaluation.debriefs.writing import hold_unvalidated, note


class ReasonNeeded(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Dites pourquoi ce retour ne se tiendra pas\u00a0: le bilan le citera."


class HeldInTheFuture(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette date n’est pas encore passée\u00a0: indiquez-la une fois le retour tenu."


@dataclass(frozen=True)
class Told:
    """What is said of a meeting; `planned_on` None: it will not be held, and `notes` says why."""

    planned_on: date | None
    held_on: date | None = None
    facilitator: str = ""
    participants: str = ""
    notes: str = ""


def tell(
    debrief: Debrief, meeting: DebriefMeeting, told: Told, *, seen_version: int, today: date, by: Account, at: datetime
) -> None:
    """Plan a meeting, say that it was held and with whom, or that it will not be.

    Raises `DebriefValidated`, `Stale`, `ReasonNeeded`, `HeldInTheFuture`, `BeforeTheEnd` for a day that was not stored already.
    """
    hold_unvalidated(debrief)
    take(meeting, seen_version)
    if told.planned_on is None and not told.notes:
        raise ReasonNeeded
    if told.held_on and told.held_on > today:
        raise HeldInTheFuture
    stored = (meeting.planned_on, meeting.held_on)
    refuse_before(debrief.over_on, *(day for day in (told.planned_on, told.held_on) if day not in stored))
    changed = [name for name, value in vars(told).items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, getattr(told, name))
    if changed:
        meeting.version += 1
        note(debrief, [f"{meeting.meeting.value}.{name}" for name in changed], by=by, at=at)
