"""The list of functions, and the place of the cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries
from crisis_plan.pilotage.crisis_cell.functions import PROPOSED
from crisis_plan.pilotage.crisis_cell.models import CellFunction, CellPlace
from crisis_plan.pilotage.crisis_cell.naming import keep_name
from crisis_plan.pilotage.crisis_cell.rules import Direction, is_same_name

FUNCTION = "cell_function"
PLACE = "cell_place"


class NameTaken(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Une fonction porte déjà ce nom\u00a0: choisissez-en un autre, ou modifiez la première."


@dataclass(frozen=True)
class PlaceDescription:
    """Where the cell meets, how one gets in and calls in, and where it falls back."""

    name: str = ""
    address: str = ""
    access: str = ""
    video: str = ""
    telephone_bridge: str = ""
    fallback_name: str = ""
    fallback_address: str = ""
    fallback_access: str = ""


def take_proposed_functions(cpts: Cpts, *, by: Account, at: datetime) -> list[CellFunction]:
    """Add the proposed functions that the list does not have yet, after those it has."""
    hold(cpts)
    known = queries.all_functions(cpts)
    keys = {function.key for function in known}
    wanted = [
        proposed
        for proposed in PROPOSED
        if proposed.key not in keys and not any(is_same_name(function.name, proposed.name) for function in known)
    ]
    first = _next_position(known)
    added = [
        CellFunction(cpts_id=cpts.id, position=position, key=proposed.key, name=proposed.name, task=proposed.task)
        for position, proposed in enumerate(wanted, start=first)
    ]
    db.session.add_all(added)
    db.session.flush()
    for function in added:
        history.record(history.Verb.CREATED, FUNCTION, function.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return added


def add_function(cpts: Cpts, *, name: str, task: str, by: Account, at: datetime) -> CellFunction:
    """Add a function of the CPTS's own at the end of the list. Raises `NameTaken`."""
    hold(cpts)
    known = queries.all_functions(cpts)
    _refuse_a_taken_name(known, name)
    function = CellFunction(cpts_id=cpts.id, position=_next_position(known), name=name, task=task)
    db.session.add(function)
    db.session.flush()
    history.record(history.Verb.CREATED, FUNCTION, function.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return function


def edit_function(
    cpts: Cpts, function: CellFunction, *, name: str, task: str, seen_version: int, by: Account, at: datetime
) -> None:
    """Rename a function or reword its task. Raises `Stale` or `NameTaken`."""
    hold(cpts)
    take(function, seen_version)
    _refuse_a_taken_name((other for other in queries.all_functions(cpts) if other.id != function.id), name)
    fields = [field for field, value in (("name", name), ("task", task)) if getattr(function, field) != value]
    if not fields:
        return
    function.name, function.task = name, task
    function.version += 1
    history.record(history.Verb.CHANGED, FUNCTION, function.id, cpts_id=cpts.id, by=by, at=at, fields=fields)
    db.session.flush()


def move_function(cpts: Cpts, function: CellFunction, direction: Direction, *, by: Account, at: datetime) -> None:
    """Exchange a function with its neighbour; at the end of the list nothing moves."""
    hold(cpts)
    hold(function)
    order = list(queries.all_functions(cpts))
    old = order.index(function)
    new = old + direction.step
    if not 0 <= new < len(order):
        return
    order[old], order[new] = order[new], order[old]
    for position, one in enumerate(order, start=1):
        one.position = position
    history.record(history.Verb.CHANGED, FUNCTION, function.id, cpts_id=cpts.id, by=by, at=at, fields=["position"])
    db.session.flush()


def remove_function(function: CellFunction, *, by: Account, at: datetime) -> None:
    """Take a function out of the list, with who held it; where it was named, its name stays. Raises `Stale`."""
    hold(function)
    keep_name(function, by=by, at=at)
    db.session.delete(function)
    history.record(history.Verb.REMOVED, FUNCTION, function.id, cpts_id=function.cpts_id, by=by, at=at)
    db.session.flush()


def describe_place(
    cpts: Cpts, description: PlaceDescription, *, seen_version: int, by: Account, at: datetime
) -> CellPlace:
    """Say where the cell meets and falls back. Raises `Stale` (version 0: nothing was written yet)."""
    hold(cpts)
    place = queries.place(cpts)
    if place:
        take(place, seen_version)
    elif seen_version:
        raise Stale
    place = place or CellPlace(cpts_id=cpts.id, **vars(PlaceDescription()))
    fields = [name for name, value in vars(description).items() if getattr(place, name) != value]
    if place.version is not None and not fields:
        return place
    for name in fields:
        setattr(place, name, getattr(description, name))
    place.version, place.updated_at = seen_version + 1, at
    db.session.add(place)
    history.record(history.Verb.CHANGED, PLACE, cpts.id, cpts_id=cpts.id, by=by, at=at, fields=fields)
    db.session.flush()
    return place


def _next_position(known: Iterable[CellFunction]) -> int:
    return max((function.position for function in known), default=0) + 1


def _refuse_a_taken_name(others: Iterable[CellFunction], name: str) -> None:
    if any(is_same_name(other.name, name) for other in others):
        raise NameTaken
