"""Functions taken, handed over, planned, ended. Each of these is an entry of the logbook."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.crisis_functions import wording
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift
from crisis_plan.pilotage.crisis_functions.refusals import (
    EndsBeforeItStarts,
    PlannedAlready,
    ServiceOver,
    ServiceStarted,
    StartsInThePast,
)
from crisis_plan.pilotage.crisis_functions.rules import is_on_duty, is_to_come, overlaps
from crisis_plan.pilotage.crisis_functions.services import Person, Service
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written


def take_function(
    crisis: Crisis,
    function: CrisisFunction,
    person: Person,
    *,
    seen_version: int,
    key: uuid.UUID | None,
    by: Account,
    at: datetime,
) -> Shift:
    """« Je prends cette fonction »: whoever was there is relieved; whom the plan named says that they are there.

    Raises `Stale` when someone else came or went since the page was shown, or `CrisisClosed`.
    """
    hold_open(crisis)
    mine = next((shift for shift in _not_over(function, at) if is_on_duty(shift, at) and _is_of(shift, person)), None)
    if mine is not None:
        mine.account_id = person.account_id
        return _confirmed(crisis, mine, key=key, by=by, at=at)
    take(function, seen_version)
    return _begin(crisis, function, Service(person, is_there=True), key=key, by=by, at=at)


def put_on_duty(
    crisis: Crisis,
    function: CrisisFunction,
    service: Service,
    *,
    seen_version: int,
    key: uuid.UUID | None,
    by: Account,
    at: datetime,
) -> Shift:
    """Someone serves from now or from later on: a relief, a hand-over, a relief that is planned.

    Raises `Stale`, `StartsInThePast`, `EndsBeforeItStarts`, `PlannedAlready`, `CrisisClosed`.
    """
    hold_open(crisis)
    take(function, seen_version)
    if service.starts_at is not None and service.starts_at < at:
        raise StartsInThePast
    if service.ends_at is not None and service.ends_at <= (service.starts_at or at):
        raise EndsBeforeItStarts
    return _begin(crisis, function, service, key=key, by=by, at=at)


def confirm(crisis: Crisis, shift: Shift, *, by: Account, at: datetime) -> Shift:
    """Someone says that this person is at their post; said twice, it is noted once. Raises `ServiceOver`, `CrisisClosed`."""
    hold_open(crisis)
    hold(shift)
    if not is_on_duty(shift, at):
        raise ServiceOver
    return _confirmed(crisis, shift, key=None, by=by, at=at)


def end(crisis: Crisis, shift: Shift, word: str, *, key: uuid.UUID | None, by: Account, at: datetime) -> None:
    """The service is over, with nobody in its place. Raises `ServiceOver` or `CrisisClosed`."""
    hold_open(crisis)
    hold(shift)
    if not is_on_duty(shift, at):
        raise ServiceOver
    shift.ends_at = at
    _changed(shift)
    left = [one for one in _not_over(shift.function, at) if is_on_duty(one, at)]
    log(crisis, wording.ended(shift, left, word), key=key, by=by, at=at)


def call_off(crisis: Crisis, shift: Shift, *, by: Account, at: datetime) -> None:
    """A relief that was planned will not come: it never was. Raises `ServiceStarted` or `CrisisClosed`."""
    hold_open(crisis)
    hold(shift)
    if not is_to_come(shift, at):
        raise ServiceStarted
    text = wording.called_off(shift, crisis.cpts)
    shift.function.version += 1
    db.session.delete(shift)
    log(crisis, text, key=None, by=by, at=at)


def begin_named(function: CrisisFunction, person: Person, at: datetime) -> Shift:
    """Whom the cell of the plan names, until they say that they are there."""
    return _served(function, Service(person), at, None, at)


def _begin(
    crisis: Crisis, function: CrisisFunction, service: Service, *, key: uuid.UUID | None, by: Account, at: datetime
) -> Shift:
    starts_at = service.starts_at or at
    others = _not_over(function, at)
    beside = [one for one in others if is_on_duty(one, starts_at)] if service.together else []
    ends_at, relieved = (service.ends_at, []) if service.together else _make_room(others, service, starts_at, at)
    shift = _served(function, service, starts_at, ends_at, at)
    function.version += 1
    text = wording.begun(shift, relieved, beside, service.note, crisis.cpts, at)
    log(crisis, text, key=key, by=by, at=at)
    return shift


def _make_room(
    others: Sequence[Shift], service: Service, starts_at: datetime, at: datetime
) -> tuple[datetime | None, list[Shift]]:
    """Until when the newcomer serves, and whom they relieve. Raises `PlannedAlready`."""
    later = [one for one in others if one.starts_at >= starts_at and is_to_come(one, at)]
    first = min((one.starts_at for one in later), default=None)
    ends_at = service.ends_at or (first if first != starts_at else None)
    for one in later:
        if overlaps(one, starts_at, ends_at):
            raise PlannedAlready(one.name)
    relieved = [one for one in others if one not in later and overlaps(one, starts_at, ends_at)]
    for one in relieved:
        one.ends_at = starts_at
        one.version += 1
    return ends_at, relieved


def _served(
    function: CrisisFunction, service: Service, starts_at: datetime, ends_at: datetime | None, at: datetime
) -> Shift:
    person = service.person
    shift = Shift(
        function=function,
        account_id=person.account_id,
        contact_id=person.contact_id,
        name=person.name[:330],
        telephone=person.telephone,
        starts_at=starts_at,
        ends_at=ends_at,
        confirmed_at=at if service.is_there and starts_at <= at else None,
    )
    db.session.add(shift)
    return shift


def _confirmed(crisis: Crisis, shift: Shift, *, key: uuid.UUID | None, by: Account, at: datetime) -> Shift:
    if shift.confirmed_at is None:
        shift.confirmed_at = at
        _changed(shift)
        log(crisis, wording.confirmed(shift), key=key, by=by, at=at)
    return shift


def _changed(shift: Shift) -> None:
    shift.version += 1
    shift.function.version += 1


def _is_of(shift: Shift, person: Person) -> bool:
    is_account = person.account_id is not None and shift.account_id == person.account_id
    return is_account or (person.contact_id is not None and shift.contact_id == person.contact_id)


def _not_over(function: CrisisFunction, at: datetime) -> Sequence[Shift]:
    """Who holds it now or will, read under the lock of the crisis."""
    query = sa.select(Shift).where(
        Shift.function_id == function.id, sa.or_(Shift.ends_at.is_(None), Shift.ends_at > at)
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def log(crisis: Crisis, text: str, *, key: uuid.UUID | None, by: Account, at: datetime) -> None:
    """Write what happened to a function in the logbook."""
    db.session.flush()
    append_entry(crisis, Written(EntryKind.DUTY, text, client_key=key), by=by, at=at)
