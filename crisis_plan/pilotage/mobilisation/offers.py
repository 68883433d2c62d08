"""What the tool offers so that less is typed: who is probably at work, which cards were probably carried out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from crisis_plan.folding import folded
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.mobilisation import queries
from crisis_plan.pilotage.mobilisation.counts import ActionLine
from crisis_plan.pilotage.mobilisation.rules import card_key, contact_key
from crisis_plan.pilotage.mobilisation.who import Who, in_words
from crisis_plan.pilotage.tasks import queries as tasks
from crisis_plan.pilotage.tasks.rules import TaskState


@dataclass(frozen=True)
class Proposal:
    """A card of which this many tasks are done, the last one at this moment."""

    card_id: uuid.UUID
    title: str
    done: int
    happened_at: datetime


def expected(crisis: Crisis, now: datetime) -> list[Who]:
    """Who is offered on a form: people counted already, on duty now, or who said on the telephone that they come.

    Five statements.
    """
    counted = [
        Who(one.key, one.name, one.profession, next(iter(one.contact_ids), None)) for one in queries.people(crisis)
    ]
    on_duty = crisis_functions.people_on_duty(crisis, now)
    others = [_named(one.name, one.contact.profession if one.contact else "", one.contact_id) for one in on_duty]
    others += [_named(line.name, line.profession, line.contact_id) for line in calls.who_come(crisis.id)]
    known = {who.contact_id for who in counted if who.contact_id} | {who.key for who in counted}
    names = {folded(who.name) for who in counted}
    new = {who.key: who for who in others if who.key not in known and who.contact_id not in known}
    return sorted(
        [*counted, *(who for who in new.values() if who.contact_id or folded(who.name) not in names)],
        key=lambda who: (folded(who.name), who.key),
    )


def proposals(crisis: Crisis, actions: Iterable[ActionLine], now: datetime) -> list[Proposal]:
    """Cards of the plan of which tasks were done, and that are not among these actions; two statements."""
    counted = {one.key for one in actions}
    found: dict[uuid.UUID, Proposal] = {}
    for one in tasks.everything(crisis, now):
        task = one.task
        if task.state is TaskState.DONE and task.card_id and card_key(task.card_id) not in counted:
            before = found.get(task.card_id, Proposal(task.card_id, task.card_title, 0, task.changed_at))
            found[task.card_id] = replace(
                before, done=before.done + 1, happened_at=max(before.happened_at, task.changed_at)
            )
    return sorted(found.values(), key=lambda one: folded(one.title))


def _named(name: str, profession: str, contact_id: uuid.UUID | None) -> Who:
    return Who(contact_key(contact_id), name, profession, contact_id) if contact_id else in_words(name, profession)
