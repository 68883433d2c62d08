"""The documents kept with an exercise: an attendance sheet, a scenario, a photograph."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseDocument
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.web.attachments import Attachment

DOCUMENT = "exercise_document"
MOST = 50
"""Documents of one exercise."""


class TooMany(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return f"Cet exercice a déjà {MOST} documents\u00a0: retirez-en un avant d’en ajouter un autre."


def add(exercise: Exercise, attachment: Attachment, *, by: Account, at: datetime) -> ExerciseDocument:
    """Keep a document with the exercise. Raises `TooMany`."""
    hold(exercise)
    db.session.expire(exercise, ["documents"])
    if len(exercise.documents) >= MOST:
        raise TooMany
    document = ExerciseDocument()
    document.take(attachment, by=by, at=at)
    exercise.documents.append(document)
    db.session.flush()
    history.record(history.Verb.CREATED, DOCUMENT, document.id, cpts_id=exercise.cpts_id, by=by, at=at)
    db.session.flush()
    return document


def remove(document: ExerciseDocument, *, by: Account, at: datetime) -> None:
    """Take a document away from its exercise."""
    cpts_id = document.exercise.cpts_id
    db.session.delete(document)
    history.record(history.Verb.REMOVED, DOCUMENT, document.id, cpts_id=cpts_id, by=by, at=at)
    db.session.flush()
