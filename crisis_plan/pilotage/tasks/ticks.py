"""« Faite », « Engagée », « Abandonnée », and a word: what happens to a task in one gesture, late or twice."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import CrisisClosed, hold_open
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.tasks import wording
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.pilotage.tasks.operations import stamp
from crisis_plan.pilotage.tasks.rules import TaskState, moves


@dataclass(frozen=True)
class Tick:
    """One gesture on a task, or a word about it."""

    state: TaskState
    word: str = ""
    key: uuid.UUID | None = None
    """The same key again is the same gesture."""
    device_at: datetime | None = None
    """The device's clock, of what was ticked without network."""


class WordNeeded(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Dites en un mot pourquoi\u00a0: quelqu’un le lira au bilan."


def tick(crisis: Crisis, task: CrisisTask, gesture: Tick, *, by: Account, at: datetime) -> bool:
    """« Faite », « Engagée », in one gesture. Whether it changed anything.

    Twice is once; late, it undoes nothing: what someone else ticked meanwhile stays, and what a device had kept is
    written in the logbook, in its annex once the crisis is closed. Raises `CrisisClosed` for what comes from no device.
    """
    hold(crisis)
    hold(task)
    if logbook.is_known(gesture.key):
        return False
    if crisis.closed_at is not None and gesture.device_at is None:
        raise CrisisClosed
    if crisis.closed_at is None and moves(task.state, gesture.state):
        _set(crisis, task, gesture, by=by, at=at)
        return True
    if gesture.device_at is not None:
        text = wording.ticked_late(task, gesture.state)
        append_entry(crisis, _written(gesture, EntryKind.INFORMATION, text), by=by, at=at)
    return False


def say(crisis: Crisis, task: CrisisTask, said: Tick, *, seen_entry: int, by: Account, at: datetime) -> None:
    """Set the state and a word, whatever they were: a word on an open task, a task open again.

    Raises `Stale` when the task was ticked since it was seen, `WordNeeded` where nothing but a word would tell
    something, or `CrisisClosed`.
    """
    hold_open(crisis)
    hold(task)
    if logbook.is_known(said.key):
        return
    if (task.entry_number or 0) != seen_entry:
        raise Stale
    is_plain = said.state is not TaskState.DROPPED and moves(task.state, said.state)
    if not said.word and not is_plain:
        raise WordNeeded
    _set(crisis, task, said, by=by, at=at)


def _set(crisis: Crisis, task: CrisisTask, done: Tick, *, by: Account, at: datetime) -> None:
    text = wording.ticked(task, done.state, done.word, is_same=done.state is task.state)
    kind = EntryKind.INFORMATION if done.state is task.state else wording.KINDS.get(done.state, EntryKind.INFORMATION)
    entry = append_entry(crisis, _written(done, kind, text), by=by, at=at)
    task.state, task.word = done.state, done.word
    stamp(task, entry.number, by, at)
    db.session.flush()


def _written(done: Tick, kind: EntryKind, text: str) -> Written:
    return Written(kind, text, device_at=done.device_at, client_key=done.key)
