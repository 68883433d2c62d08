"""Opening the debrief of what is over: a crisis closed before debriefs were kept, an exercise of the programme."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises.debriefing import subject_of
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.rules import REVIEWED
from crisis_plan.db import hold
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.operations import open_debrief
from crisis_plan.evaluation.debriefs.rules import proposed_dates
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.closing.operations import open_its_debrief
from crisis_plan.pilotage.crises.models import Crisis


class StillUnderWay(RuleBroken):
    def __str__(self) -> str:
        return "Son journal est encore ouvert\u00a0: le bilan s’ouvre à la clôture."


class NotHeld(RuleBroken):
    def __str__(self) -> str:
        return "Dites d’abord que cet exercice a eu lieu, et quand\u00a0: son bilan s’ouvre ensuite."


class NotReviewed(RuleBroken):
    def __str__(self) -> str:
        return (
            "Une formation ou une information n’a pas de bilan\u00a0: notez ce qu’elle a appris dans son compte rendu."
        )


def open_of_crisis(crisis: Crisis, *, by: Account, at: datetime) -> Debrief:
    """The debrief of a closed crisis, opened once. Raises `StillUnderWay`."""
    hold(crisis)
    if crisis.is_open:
        raise StillUnderWay
    return open_its_debrief(crisis, by=by, at=at)


def open_of_exercise(cpts: Cpts, exercise: Exercise, *, by: Account, at: datetime) -> Debrief:
    """The debrief of an exercise of the programme, opened once. Raises `NotHeld`, `NotReviewed`."""
    hold(exercise)
    if exercise.kind not in REVIEWED:
        raise NotReviewed
    if exercise.held_on is None:
        raise NotHeld
    subject = subject_of(exercise, exercise.held_on)
    return open_debrief(cpts, subject, proposed_dates(exercise.held_on), by=by, at=at)
