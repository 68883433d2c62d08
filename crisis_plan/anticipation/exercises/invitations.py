"""Who is invited to an exercise, and who came."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises import attendance as counts
from crisis_plan.anticipation.exercises.attendance import WITHOUT_PROFESSION, Attendance
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseParticipant
from crisis_plan.anticipation.exercises.operations import EXERCISE
from crisis_plan.db import db, hold
from crisis_plan.folding import folded
from crisis_plan.web.pages import Page

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

SHEET = 300
"""People on one page of the attendance: all of them, in nearly every CPTS."""
GONE = "N’est plus dans l’annuaire"


def participants(exercise: Exercise) -> list[ExerciseParticipant]:
    """Everyone invited, by profession then name; those without a name any more come last."""
    rows = db.session.scalars(
        sa.select(ExerciseParticipant)
        .where(ExerciseParticipant.exercise_id == exercise.id)
        .options(joinedload(ExerciseParticipant.contact))
    )
    return sorted(rows, key=_order)


def _order(one: ExerciseParticipant) -> tuple[str, bool, str, str]:
    name = one.contact.sort_name if one.contact else ""
    return folded(one.profession or WITHOUT_PROFESSION), one.contact is None, name, str(one.id)


def sheet(exercise: Exercise, number: int) -> Page[ExerciseParticipant]:
    """A page of those who are invited."""
    found = participants(exercise)
    number = min(max(1, number), max(1, -(-len(found) // SHEET)))
    return Page(found[(number - 1) * SHEET : number * SHEET], number, len(found), SHEET)


def attendance(exercise: Exercise) -> Attendance:
    """How many were invited and came, by profession; one statement."""
    rows = db.session.execute(
        sa.select(ExerciseParticipant.profession, ExerciseParticipant.was_present).where(
            ExerciseParticipant.exercise_id == exercise.id
        )
    )
    return counts.attendance((profession, came) for profession, came in rows)


def invited_ids(exercise: Exercise) -> set[uuid.UUID]:
    """The contacts that are invited already."""
    return {
        contact_id
        for contact_id in db.session.scalars(
            sa.select(ExerciseParticipant.contact_id).where(ExerciseParticipant.exercise_id == exercise.id)
        )
        if contact_id
    }


def invite(exercise: Exercise, contacts: Iterable[Contact], *, by: Account, at: datetime) -> int:
    """Invite those who are not invited yet; returns how many they are."""
    hold(exercise)
    already = invited_ids(exercise)
    new = {contact.id: contact for contact in contacts if contact.id not in already}
    db.session.add_all(
        ExerciseParticipant(
            exercise_id=exercise.id,
            contact_id=contact.id,
            what=contact.what[:330],
            profession=contact.profession or contact.category,
        )
        for contact in new.values()
    )
    if new:
        _record(exercise, by=by, at=at)
    return len(new)


def withdraw(exercise: Exercise, participant_ids: Collection[uuid.UUID], *, by: Account, at: datetime) -> int:
    """Take these people out of those who are invited; returns how many they were."""
    hold(exercise)
    gone = _among(exercise, participant_ids)
    for one in gone:
        db.session.delete(one)
    if gone:
        _record(exercise, by=by, at=at)
    return len(gone)


def mark(
    exercise: Exercise,
    *,
    came: Collection[uuid.UUID],
    did_not: Collection[uuid.UUID],
    by: Account,
    at: datetime,
) -> None:
    """Say who came and who did not; of those who are not named, nothing changes: two people may tick at once."""
    hold(exercise)
    changed = False
    for ids, was_present in ((came, True), (did_not, False)):
        for one in _among(exercise, ids):
            changed = changed or one.was_present is not was_present
            one.was_present = was_present
    if changed:
        _record(exercise, by=by, at=at)


def _among(exercise: Exercise, ids: Collection[uuid.UUID]) -> Sequence[ExerciseParticipant]:
    """Those of this exercise only, whatever was asked."""
    rows = db.session.scalars(
        sa.select(ExerciseParticipant)
        .where(ExerciseParticipant.exercise_id == exercise.id)
        .execution_options(populate_existing=True)
    )
    wanted = set(ids)
    return [one for one in rows if one.id in wanted]


def _record(exercise: Exercise, *, by: Account, at: datetime) -> None:
    history.record(
        history.Verb.CHANGED, EXERCISE, exercise.id, cpts_id=exercise.cpts_id, by=by, at=at, fields=["participants"]
    )
    db.session.flush()
