"""Opening a debrief: as soon as a crisis closes, or when an exercise of the programme was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefMeeting
from crisis_plan.evaluation.debriefs.rules import Dates, Meeting
from crisis_plan.organisations.models import Cpts

SUBJECT = "debrief"


@dataclass(frozen=True)
class Subject:
    """What is reviewed, as it is called today."""

    name: str
    """« Crise n° 1 »."""
    title: str
    over_on: date
    is_exercise: bool
    crisis_type: CrisisType | None = None
    crisis_id: UUID | None = None
    exercise_id: UUID | None = None


def open_debrief(cpts: Cpts, subject: Subject, dates: Dates, *, by: Account, at: datetime) -> Debrief:
    """The debrief of this crisis or exercise, with its three meetings; the one that is there already, where there is one.

    Whoever opens it holds the crisis or the exercise, so that it is opened once. `by` owns it until somebody else does.
    """
    of_it = Debrief.crisis_id == subject.crisis_id if subject.crisis_id else Debrief.exercise_id == subject.exercise_id
    known = db.session.scalars(sa.select(Debrief).where(Debrief.cpts_id == cpts.id, of_it)).one_or_none()
    if known:
        return known
    planned = {Meeting.HOT: dates.hot_on, Meeting.COLD: dates.cold_on, Meeting.PARTNERS: dates.partners_on}
    debrief = Debrief(
        cpts_id=cpts.id,
        crisis_id=subject.crisis_id,
        exercise_id=subject.exercise_id,
        is_exercise=subject.is_exercise,
        subject=subject.name,
        title=subject.title,
        crisis_type=subject.crisis_type,
        over_on=subject.over_on,
        owner_account_id=by.id,
        owner_name=by.name,
        report_on=dates.report_on,
        opened_at=at,
        meetings=[
            DebriefMeeting(position=position, meeting=meeting, planned_on=planned[meeting])
            for position, meeting in enumerate(Meeting, start=1)
        ],
    )
    db.session.add(debrief)
    db.session.flush()
    history.record(history.Verb.CREATED, SUBJECT, debrief.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return debrief
