"""Time is noted, begun and finished; each act is one entry of the logbook, however many people it names."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import CLOCKS_DIFFER, EntryKind, Written
from crisis_plan.pilotage.mobilisation import queries, wording
from crisis_plan.pilotage.mobilisation.models import TimeSpent
from crisis_plan.pilotage.mobilisation.refusals import (
    EndsBeforeItStarts,
    EndsInTheFuture,
    NobodyNamed,
    StartsInTheFuture,
)
from crisis_plan.pilotage.mobilisation.who import Who


def note_time(
    crisis: Crisis,
    people: Sequence[Who],
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    what: str = "",
    key: uuid.UUID | None = None,
    by: Account,
    at: datetime,
) -> list[TimeSpent]:
    """These people worked from then to then; no end: they still do. What overlaps is told, never refused.

    Raises `CrisisClosed`, `NobodyNamed`, `StartsInTheFuture`, `EndsInTheFuture`, `EndsBeforeItStarts`.
    """
    hold_open(crisis)
    if not people:
        raise NobodyNamed
    _check(starts_at, ends_at, at)
    return _noted(
        crisis,
        people,
        Written(EntryKind.DUTY, wording.noted(people, starts_at, ends_at, what, crisis.cpts), client_key=key),
        (starts_at, ends_at, what),
        by=by,
        at=at,
    )


def begin(crisis: Crisis, who: Who, *, key: uuid.UUID | None = None, by: Account, at: datetime) -> TimeSpent:
    """« Je commence »: whoever is at work already goes on, nothing is written twice. Raises `CrisisClosed`."""
    hold_open(crisis)
    if already := queries.at_work_now(crisis, who):
        return already[0]
    written = Written(EntryKind.DUTY, wording.begun(who), client_key=key)
    return _noted(crisis, [who], written, (at, None, ""), by=by, at=at)[0]


def finish(
    crisis: Crisis,
    times: Sequence[TimeSpent],
    *,
    ends_at: datetime,
    key: uuid.UUID | None = None,
    by: Account,
    at: datetime,
) -> list[TimeSpent]:
    """These people stopped working then; those whose end is known already keep it.

    Raises `CrisisClosed`, `NobodyNamed`, `EndsInTheFuture`, `EndsBeforeItStarts`.
    """
    hold_open(crisis)
    for one in times:
        hold(one)
    going_on = [one for one in times if one.ends_at is None and one.withdrawn_at is None]
    if not times:
        raise NobodyNamed
    for one in going_on:
        _check(one.starts_at, ends_at, at)
    if not going_on:
        return []
    said = Written(EntryKind.DUTY, wording.finished(going_on, ends_at, crisis.cpts), client_key=key)
    number = append_entry(crisis, said, by=by, at=at).number
    for one in going_on:
        one.ends_at, one.entry_number = ends_at, number
        one.version += 1
    db.session.flush()
    return going_on


def _check(starts_at: datetime, ends_at: datetime | None, at: datetime) -> None:
    if starts_at > at + CLOCKS_DIFFER:
        raise StartsInTheFuture
    if ends_at is not None and ends_at > at + CLOCKS_DIFFER:
        raise EndsInTheFuture
    if ends_at is not None and ends_at <= starts_at:
        raise EndsBeforeItStarts


def _noted(
    crisis: Crisis,
    people: Sequence[Who],
    written: Written,
    worked: tuple[datetime, datetime | None, str],
    *,
    by: Account,
    at: datetime,
) -> list[TimeSpent]:
    number = append_entry(crisis, written, by=by, at=at).number
    starts_at, ends_at, what = worked
    rows = [
        TimeSpent(
            crisis_id=crisis.id,
            contact_id=who.contact_id,
            person_key=who.key,
            name=who.name,
            profession=who.profession,
            starts_at=starts_at,
            ends_at=ends_at,
            what=what,
            recorded_at=at,
            recorded_by_name=by.name,
            entry_number=number,
        )
        for who in people
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows
