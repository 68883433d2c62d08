"""Tasks made from the cards, added, ticked, reworded. Each change is an entry of the logbook."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.db import db, take
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.tasks import queries, wording
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.web.formats import moment

if TYPE_CHECKING:
    from crisis_plan.adaptation.responses.models import ActionCard
    from crisis_plan.adaptation.responses.part_models import CardStep
    from crisis_plan.pilotage.crisis_functions.models import CrisisFunction


@dataclass(frozen=True)
class TaskDescription:
    """What is to be done, by whom, before when."""

    text: str
    function: CrisisFunction | None = None
    who: str = ""
    """In words, where it is not a function of the crisis."""
    due_at: datetime | None = None
    care: CareKind | None = None


def from_cards(crisis: Crisis, cards: Iterable[ActionCard], *, by: Account, at: datetime) -> int:
    """A task for each step of these cards that is not one yet; one entry tells how many. How many.

    Delays count from T, the opening; those of cards that a later level takes out, from that moment: they could not be
    begun before (a choice of ours). Raises `CrisisClosed`.
    """
    hold_open(crisis)
    known = queries.known_steps(crisis)
    since = at if known else crisis.opened_at
    functions = crisis_functions.by_cell_function(crisis)
    steps = [(card, step) for card in cards for step in card.steps if step.id not in known]
    if not steps:
        return 0
    first = queries.last_position(crisis) + 1
    made = [
        _made(crisis, card, step, functions.get(step.function_id) if step.function_id else None, since)
        for card, step in steps
    ]
    titles = list(dict.fromkeys(card.title for card, _ in steps))
    text = wording.made_from_cards(len(made), titles, moment(since, crisis.cpts))
    entry = append_entry(crisis, Written(EntryKind.INFORMATION, text), by=by, at=at)
    for position, task in enumerate(made, start=first):
        task.position = position
        stamp(task, entry.number, by, at)
    db.session.add_all(made)
    db.session.flush()
    return len(made)


def add(
    crisis: Crisis, description: TaskDescription, *, key: uuid.UUID | None, by: Account, at: datetime
) -> CrisisTask:
    """Write a task by hand. Raises `CrisisClosed`."""
    hold_open(crisis)
    task = CrisisTask(crisis_id=crisis.id, position=queries.last_position(crisis) + 1, **vars(description))
    _log(crisis, task, EntryKind.INFORMATION, wording.added(task, crisis.cpts), key=key, by=by, at=at)
    db.session.add(task)
    db.session.flush()
    return task


def change(
    crisis: Crisis,
    task: CrisisTask,
    description: TaskDescription,
    word: str,
    *,
    seen_version: int,
    by: Account,
    at: datetime,
) -> None:
    """Reword a task, hand it to another function, set another hour. Raises `Stale` or `CrisisClosed`."""
    hold_open(crisis)
    take(task, seen_version)
    changes = wording.differences(task, description, crisis.cpts)
    if not changes and not word:
        return
    for name, value in vars(description).items():
        setattr(task, name, value)
    task.version += 1
    task.word = word or task.word
    _log(crisis, task, EntryKind.INFORMATION, wording.changed(task, changes, word), key=None, by=by, at=at)
    db.session.flush()


def _made(
    crisis: Crisis, card: ActionCard, step: CardStep, function: CrisisFunction | None, since: datetime
) -> CrisisTask:
    delay = step.delay_minutes
    return CrisisTask(
        crisis_id=crisis.id,
        text=step.text,
        function=function,
        who="" if function else step.by_whom,
        card_id=card.id,
        card_title=card.title,
        step_id=step.id,
        is_first_hour=step.phase is Phase.FIRST_HOUR,
        care=step.care,
        proof=step.proof,
        due_at=None if delay is None else since + timedelta(minutes=delay),
    )


def _log(
    crisis: Crisis, task: CrisisTask, kind: EntryKind, text: str, *, key: uuid.UUID | None, by: Account, at: datetime
) -> None:
    entry = append_entry(crisis, Written(kind, text, client_key=key), by=by, at=at)
    stamp(task, entry.number, by, at)


def stamp(task: CrisisTask, number: int, by: Account, at: datetime) -> None:
    """Who changed it last, and which entry tells."""
    task.changed_at, task.changed_by_name, task.entry_number = at, by.name, number
