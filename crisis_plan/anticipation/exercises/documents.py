"""The documents kept with an exercise: an attendance sheet, a scenario, a photograph."""

from __future__ import annotations

import hashlib
from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.exercises.models import Exercise, ExerciseDocument
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.web.attachments import Attachment
from crisis_plan.web.formats import number

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
    document = ExerciseDocument(
        file_name=attachment.file_name,
        media_type=attachment.media_type,
        size=len(attachment.content),
        sha256=hashlib.sha256(attachment.content).hexdigest(),
        content=attachment.content,
        added_at=at,
        added_by_id=by.id,
    )
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


def size_in_words(size: int) -> str:
    """« 340 ko », « 2,4 Mo »."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1_000)))}\u00a0ko"
    return f"{number(round(size / 1_000_000, 1))}\u00a0Mo"
