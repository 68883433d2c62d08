"""What people say of a figure, which itself nobody can edit."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.models import Debrief, FigureComment
from crisis_plan.evaluation.debriefs.writing import hold_unvalidated, mark_of, note


def mark_of_comment(said: FigureComment | None) -> int:
    """What a form of this comment is recognised by, written or not."""
    return mark_of(said.text if said else "")


def comment(debrief: Debrief, figure: str, text: str, *, seen: int, by: Account, at: datetime) -> None:
    """Say something of a figure, or say it otherwise; an empty text takes it off. Raises `DebriefValidated`, `Stale`."""
    hold_unvalidated(debrief)
    said = queries.comment_on(debrief, figure)
    if mark_of_comment(said) != seen:
        raise Stale
    if text == (said.text if said else ""):
        return
    if said and not text:
        db.session.delete(said)
    elif said:
        said.text, said.written_at, said.written_by_name = text, at, by.name
        said.version += 1
    else:
        db.session.add(
            FigureComment(debrief_id=debrief.id, figure=figure, text=text, written_at=at, written_by_name=by.name)
        )
    note(debrief, [f"comment.{figure}"], by=by, at=at)
