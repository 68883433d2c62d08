"""The debrief that is being written of an exercise follows what is corrected of that exercise."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.operations import Subject
from crisis_plan.evaluation.debriefs.rules import Meeting, proposed_dates
from crisis_plan.evaluation.debriefs.writing import note


def has_debrief(exercise_id: UUID) -> bool:
    """Whether this exercise of the programme has a debrief, validated or not."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Debrief.exercise_id == exercise_id))))


def follow(subject: Subject, *, by: Account, at: datetime) -> None:
    """Call its debrief as it is called now, and count from its day; a validated debrief stays as it is.

    A day that was proposed, and that nobody changed since, is proposed anew.
    """
    debrief = db.session.scalars(sa.select(Debrief).where(Debrief.exercise_id == subject.exercise_id)).one_or_none()
    if debrief is None:
        return
    hold(debrief)
    if debrief.is_validated:
        return
    moved = _move_proposed(debrief, subject.over_on)
    wanted = {
        "subject": subject.name,
        "title": subject.title,
        "over_on": subject.over_on,
        "crisis_type": subject.crisis_type,
    }
    changed = [name for name, value in wanted.items() if getattr(debrief, name) != value]
    for name in changed:
        setattr(debrief, name, wanted[name])
    if changed:
        note(debrief, [*changed, *moved], by=by, at=at)


def _move_proposed(debrief: Debrief, over_on: date) -> list[str]:
    """Give the days that are still those proposed from the former end the new proposal; what was moved."""
    before, after = proposed_dates(debrief.over_on), proposed_dates(over_on)
    if before == after:
        return []
    proposed = {
        Meeting.HOT: (before.hot_on, after.hot_on),
        Meeting.COLD: (before.cold_on, after.cold_on),
        Meeting.PARTNERS: (before.partners_on, after.partners_on),
    }
    moved = []
    for one in debrief.meetings:
        was, is_now = proposed[one.meeting]
        if one.held_on is None and one.planned_on == was:
            one.planned_on = is_now
            one.version += 1
            moved.append(f"{one.meeting.value}.planned_on")
    if debrief.report_on == before.report_on:
        debrief.report_on = after.report_on
        moved.append("report_on")
    return moved
