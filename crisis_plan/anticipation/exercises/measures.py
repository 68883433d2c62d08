"""What the calls of a communications test measured, and how such a test is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises.models import Exercise
from crisis_plan.anticipation.exercises.operations import EXERCISE
from crisis_plan.anticipation.exercises.rules import ExerciseKind
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import operations as calls
from crisis_plan.pilotage.calls import queries as call_lists
from crisis_plan.pilotage.calls.rules import Channel, Purpose, Results, in_words

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.anticipation.exercises.drills import Drill


class NotATest(RuleBroken):
    def __str__(self) -> str:
        return "Seul un test de communication s’ouvre par une liste d’appel."


class OpenedAlready(RuleBroken):
    def __str__(self) -> str:
        return "La liste d’appel de ce test est déjà ouverte\u00a0: continuez avec elle."


@dataclass(frozen=True)
class Measured:
    """The calls of a test: their list, its day at the CPTS's clock, what came of them."""

    list_id: UUID
    day: date
    is_closed: bool
    results: Results

    @property
    def median(self) -> str:
        return in_words(self.results.median)

    @property
    def ninetieth(self) -> str:
        return in_words(self.results.ninetieth)

    @property
    def in_words(self) -> str:
        """« 82 % de réponses (32 sur 39), délai médian 12 min, 90 % en 1 h 05 »."""
        found = self.results
        ninetieth = f"90\u00a0% en {self.ninetieth}" if found.ninetieth else "90\u00a0% non atteints"
        return (
            f"{found.answer_rate}\u00a0% de réponses ({found.reached} sur {found.asked}), "
            f"délai médian {self.median}, {ninetieth}"
        )


def measured(cpts: Cpts, exercise: Exercise) -> Measured | None:
    """What the calls of this test measured so far; none where no list was opened."""
    return measured_by(cpts, exercise.call_list_id) if exercise.call_list_id else None


def measured_by(cpts: Cpts, list_id: UUID) -> Measured:
    """What the calls of this list measured so far."""
    call_list = call_lists.list_or_404(cpts, list_id)
    opened_on = clock.local(call_list.opened_at, cpts).date()
    return Measured(call_list.id, opened_on, call_list.closed_at is not None, call_lists.results(call_list))


def measured_over(test: Drill) -> Measured:
    """What the calls of a test that is over measured; one statement."""
    return Measured(test.list_id, test.day, True, call_lists.results(test.calls))


@dataclass(frozen=True)
class TestPlan:
    """Who is called, how, and what is said."""

    audience: str
    contacts: Sequence[Contact]
    channel: Channel
    message: str


def open_test(cpts: Cpts, exercise: Exercise, test: TestPlan, *, by: Account, at: datetime) -> UUID:
    """Open the call list of a communications test, once; returns its identity.

    Raises `NotATest`, `OpenedAlready`, and what opening a list refuses.
    """
    hold(exercise)
    if exercise.kind is not ExerciseKind.COMMUNICATIONS_TEST:
        raise NotATest
    if exercise.call_list_id:
        raise OpenedAlready
    opened = calls.open_list(cpts, purpose=Purpose.TEST, title=exercise.title, **vars(test), by=by, at=at)
    exercise.call_list_id = opened.id
    exercise.version += 1
    exercise.updated_at = at
    history.record(history.Verb.CHANGED, EXERCISE, exercise.id, cpts_id=cpts.id, by=by, at=at, fields=["call_list_id"])
    db.session.flush()
    return opened.id
