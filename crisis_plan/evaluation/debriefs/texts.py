"""What is written of the debrief itself: its description, its lessons, who keeps it and until when."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from crisis_plan.access.models import Account
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs.dates import refuse_before
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.writing import hold_unvalidated, mark_of, note
from crisis_plan.evaluation.improvements.operations import Owner


class WrittenHeading(StrEnum):
    """The two headings of the trame that are a text; the others are lists of findings."""

    DESCRIPTION = "description"
    LESSONS = "lessons"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the debrief."""
        return {"description": "description", "lessons": "enseignements"}[self.value]


def mark_of_text(debrief: Debrief, heading: WrittenHeading) -> int:
    """What a form of this heading is recognised by."""
    return mark_of(getattr(debrief, heading.value))


def mark_of_course(debrief: Debrief) -> int:
    """What a form of the owner and the date is recognised by."""
    return mark_of(debrief.owner_account_id, debrief.owner_name, debrief.report_on)


def write(debrief: Debrief, heading: WrittenHeading, text: str, *, seen: int, by: Account, at: datetime) -> None:
    """Write a heading; an empty description is again the one of the logbook. Raises `DebriefValidated`, `Stale`."""
    hold_unvalidated(debrief)
    if mark_of_text(debrief, heading) != seen:
        raise Stale
    if getattr(debrief, heading.value) == text:
        return
    setattr(debrief, heading.value, text)
    note(debrief, [heading.value], by=by, at=at)


def set_course(debrief: Debrief, owner: Owner, report_on: date, *, seen: int, by: Account, at: datetime) -> None:
    """Say who keeps the debrief, and by when it is to be validated. Raises `DebriefValidated`, `Stale`, `BeforeTheEnd`."""
    hold_unvalidated(debrief)
    if mark_of_course(debrief) != seen:
        raise Stale
    if report_on != debrief.report_on:
        refuse_before(debrief.over_on, report_on)
    wanted = {"owner_account_id": owner.account_id, "owner_name": owner.name, "report_on": report_on}
    changed = [name for name, value in wanted.items() if getattr(debrief, name) != value]
    for name in changed:
        setattr(debrief, name, wanted[name])
    if changed:
        note(debrief, changed, by=by, at=at)
