"""The functions of a crisis: as the cell of the plan names them, when the level asks for more, and those added."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.crisis_functions import queries, wording
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction
from crisis_plan.pilotage.crisis_functions.refusals import FunctionThere
from crisis_plan.pilotage.crisis_functions.services import Person
from crisis_plan.pilotage.crisis_functions.serving import begin_named, log
from crisis_plan.pilotage.crisis_functions.wording import Filled

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.pilotage.crisis_cell.queries import FunctionToday


def fill_from_cell(
    crisis: Crisis,
    held: Iterable[FunctionToday],
    called_for: Collection[uuid.UUID],
    *,
    by: Account,
    at: datetime,
) -> Sequence[CrisisFunction]:
    """Each function of the cell, with its titular, else its deputy, to be confirmed; nobody: a gap. One entry.

    Asked again after a change of level, it adds what the cell has and the crisis lacks, and says anew which functions
    the level asks for; who is on duty stays. Raises `CrisisClosed`.
    """
    hold_open(crisis)
    held, known = list(held), queries.by_cell_function(crisis)
    asked = [one for one in known.values() if _ask(one, one.cell_function_id in called_for)]
    filled = [_fill(crisis, one, called_for, at) for one in held if one.function.id not in known]
    db.session.flush()
    if text := wording.filled(filled, _without_anyone(crisis, asked, at)):
        log(crisis, text, key=None, by=by, at=at)
    return [one.function for one in filled]


def add_function(
    crisis: Crisis, name: str, task: str, *, key: uuid.UUID | None, by: Account, at: datetime
) -> CrisisFunction:
    """Add a function that the cell of the plan lacks. Raises `FunctionThere` or `CrisisClosed`."""
    hold_open(crisis)
    known = queries.functions(crisis)
    if any(wording.is_same_name(one.name, name) for one in known):
        raise FunctionThere
    position = max((one.position for one in known), default=0) + 1
    function = CrisisFunction(crisis_id=crisis.id, position=position, name=name, task=task)
    db.session.add(function)
    log(crisis, wording.added(name), key=key, by=by, at=at)
    return function


def _fill(crisis: Crisis, held: FunctionToday, called_for: Collection[uuid.UUID], at: datetime) -> Filled:
    cell_function = held.function
    function = CrisisFunction(
        crisis_id=crisis.id,
        cell_function_id=cell_function.id,
        position=cell_function.position,
        key=cell_function.key,
        name=cell_function.name,
        task=cell_function.task,
        is_called_for=cell_function.id in called_for,
    )
    db.session.add(function)
    rank, duty = next(((rank, duty) for rank, duty in held.held_by if duty), (None, None))
    if rank is None or duty is None:
        return Filled(function, "", "")
    return Filled(function, begin_named(function, _person(duty.contact), at).name, rank.label.lower())


def _person(contact: Contact) -> Person:
    telephone = next((phone.number for phone in contact.phones_direct_first), "")
    return Person(contact.name, telephone, contact_id=contact.id)


def _ask(function: CrisisFunction, is_called_for: bool) -> bool:
    """Whether the level asks for it now and did not before."""
    is_new = is_called_for and not function.is_called_for
    if function.is_called_for is not is_called_for:
        function.is_called_for = is_called_for
    return is_new


def _without_anyone(crisis: Crisis, asked: Sequence[CrisisFunction], at: datetime) -> list[tuple[str, str]]:
    """What the level asks for from now on, and who holds it."""
    names = queries.names_on_duty(crisis, at) if asked else {}
    return [(one.name, names.get(one.id, "")) for one in asked]
