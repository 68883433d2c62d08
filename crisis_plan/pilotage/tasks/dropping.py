"""What is still open when a crisis ends, dropped at once with one word."""

from __future__ import annotations

import uuid
from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.tasks import queries
from crisis_plan.pilotage.tasks.operations import stamp
from crisis_plan.pilotage.tasks.rules import TaskState
from crisis_plan.web.formats import counted


def drop_the_rest(crisis: Crisis, word: str, *, key: uuid.UUID | None = None, by: Account, at: datetime) -> int:
    """Every open task of which nobody said anything is dropped with this word; one entry names them. Raises `CrisisClosed`."""
    hold_open(crisis)
    left = queries.open_without_a_word(crisis)
    if not left:
        return 0
    lines = [
        f"{counted(len(left), 'tâche abandonnée', 'tâches abandonnées')}\u00a0: {word}",
        *(f"– {one.text}" for one in left),
    ]
    entry = append_entry(crisis, Written(EntryKind.INFORMATION, "\n".join(lines), client_key=key), by=by, at=at)
    for task in left:
        task.state, task.word = TaskState.DROPPED, word
        task.version += 1
        stamp(task, entry.number, by, at)
    db.session.flush()
    return len(left)
