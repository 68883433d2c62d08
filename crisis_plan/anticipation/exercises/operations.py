"""Keeping the programme of exercises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises import queries
from crisis_plan.anticipation.exercises.debriefing import subject_of
from crisis_plan.anticipation.exercises.descriptions import ExerciseDescription, Outcome
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseLesson, ExercisePace
from crisis_plan.anticipation.exercises.rules import ExerciseKind, Paces, mark_of
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.evaluation.debriefs import following
from crisis_plan.organisations.models import Cpts

EXERCISE = "exercise"
PACE = "exercise_pace"


class HeldAlready(RuleBroken):
    def __str__(self) -> str:
        return "Cet exercice a eu lieu\u00a0: il ne peut plus être annulé. Remettez-le d’abord au programme."


class ReviewedAlready(RuleBroken):
    def __str__(self) -> str:
        return (
            "Cet exercice a un bilan\u00a0: il ne se remet plus au programme. Si le jour est faux, corrigez-le dans son "
            "compte rendu. S’il est à refaire, ajoutez un autre exercice."
        )


def plan_exercise(cpts: Cpts, description: ExerciseDescription, *, by: Account, at: datetime) -> Exercise:
    """Put an exercise on the programme."""
    exercise = Exercise(cpts_id=cpts.id, created_at=at, updated_at=at, **vars(description))
    db.session.add(exercise)
    db.session.flush()
    history.record(history.Verb.CREATED, EXERCISE, exercise.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return exercise


def edit_exercise(
    exercise: Exercise, description: ExerciseDescription, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Change what is planned; the debrief that is being written of it follows. Raises `Stale`."""
    take(exercise, seen_version)
    _write(exercise, vars(description), by=by, at=at)
    _tell_its_debrief(exercise, by=by, at=at)


def tell_outcome(exercise: Exercise, outcome: Outcome, *, seen_version: int, by: Account, at: datetime) -> None:
    """Say that it took place, what was observed and learnt. Raises `Stale`.

    A lesson whose words stay is the same lesson: what came of it elsewhere stays tied to it. The debrief that is being
    written of it follows its day.
    """
    take(exercise, seen_version)
    db.session.expire(exercise, ["lessons"])
    before = [lesson.text for lesson in exercise.lessons]
    changed = ["lessons"] if before != list(outcome.lessons) else []
    _put_lessons(exercise, outcome.lessons)
    wanted = {"held_on": outcome.held_on, "observed": outcome.observed, "cancelled_on": None}
    _write(exercise, wanted, also=changed, by=by, at=at)
    _tell_its_debrief(exercise, by=by, at=at)


def cancel(exercise: Exercise, *, on: date, by: Account, at: datetime) -> None:
    """Say that it will not take place; it stays in the programme. Raises `HeldAlready`."""
    hold(exercise)
    if exercise.held_on:
        raise HeldAlready
    _write(exercise, {"cancelled_on": exercise.cancelled_on or on}, by=by, at=at)


def put_back(exercise: Exercise, *, by: Account, at: datetime) -> None:
    """Put on the programme again what was cancelled, or said to have taken place by mistake. Raises `ReviewedAlready`."""
    hold(exercise)
    if exercise.held_on and following.has_debrief(exercise.id):
        raise ReviewedAlready
    _write(exercise, {"cancelled_on": None, "held_on": None}, by=by, at=at)


def choose_paces(cpts: Cpts, paces: Paces, *, seen: int, by: Account, at: datetime) -> None:
    """Say how often each kind is wanted. Raises `Stale` when the paces are no longer those of mark `seen`."""
    hold(cpts)
    before = queries.paces(cpts)
    if mark_of(before) != seen:
        raise Stale
    changed = [kind for kind in ExerciseKind if paces[kind] != before[kind]]
    db.session.execute(sa.delete(ExercisePace).where(ExercisePace.cpts_id == cpts.id, ExercisePace.kind.in_(changed)))
    db.session.add_all(ExercisePace(cpts_id=cpts.id, kind=kind, months=paces[kind]) for kind in changed)
    if changed:
        fields = [kind.value for kind in changed]
        history.record(history.Verb.CHANGED, PACE, cpts.id, cpts_id=cpts.id, by=by, at=at, fields=fields)
    db.session.flush()


def _tell_its_debrief(exercise: Exercise, *, by: Account, at: datetime) -> None:
    if exercise.held_on:
        following.follow(subject_of(exercise, exercise.held_on), by=by, at=at)


def _put_lessons(exercise: Exercise, texts: Sequence[str]) -> None:
    kept: dict[str, list[ExerciseLesson]] = {}
    for lesson in reversed(exercise.lessons):
        kept.setdefault(lesson.text, []).append(lesson)
    wanted = []
    for position, text in enumerate(texts, start=1):
        lesson = kept[text].pop() if kept.get(text) else ExerciseLesson(text=text)
        lesson.position = position
        wanted.append(lesson)
    exercise.lessons = wanted


def _write(
    exercise: Exercise, wanted: dict[str, object], *, also: Sequence[str] = (), by: Account, at: datetime
) -> None:
    """Put these values into the row, and count the change when there is one."""
    changed = [name for name, value in wanted.items() if getattr(exercise, name) != value]
    for name in changed:
        setattr(exercise, name, wanted[name])
    if fields := [*changed, *also]:
        exercise.version += 1
        exercise.updated_at = at
        history.record(
            history.Verb.CHANGED, EXERCISE, exercise.id, cpts_id=exercise.cpts_id, by=by, at=at, fields=fields
        )
    db.session.flush()
