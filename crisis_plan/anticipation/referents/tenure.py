"""Writing a dated duty: the same for the referents and for a function of the crisis cell."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.referents.refusals import (
    HasStarted,
    HeldDuty,
    refuse_a_clash,
    refuse_history,
)
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db, take

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class DutyRow(Protocol):
    """A stored duty, whatever it is a duty of."""

    id: uuid.UUID
    contact_id: uuid.UUID | None
    contact: Contact
    rank: Rank
    starts_on: date
    ends_on: date | None
    version: int
    created_at: datetime

    @property
    def holder(self) -> str: ...


@dataclass(frozen=True)
class Appointment:
    """Who is to hold a duty, at which rank, from which day to which."""

    contact: Contact
    rank: Rank
    starts_on: date
    ends_on: date | None = None

    @property
    def contact_id(self) -> uuid.UUID:
        return self.contact.id


@dataclass(frozen=True)
class Trace:
    """What the history keeps of a change: what kind of duty, in which CPTS, by whom, when."""

    subject: str
    cpts_id: uuid.UUID
    by: Account
    at: datetime

    def keep(self, verb: history.Verb, duty: DutyRow, fields: Iterable[str] = ()) -> None:
        history.record(verb, self.subject, duty.id, cpts_id=self.cpts_id, by=self.by, at=self.at, fields=list(fields))
        db.session.flush()


def begin(duty: DutyRow, appointment: Appointment, others: Iterable[HeldDuty], *, trace: Trace) -> None:
    """Fill and save a new duty. Raises `RankHeld`, `OwnDeputy` or `EndsBeforeItStarts`."""
    refuse_a_clash(others, appointment)
    duty.created_at = trace.at
    _write(duty, appointment)
    db.session.add(duty)
    db.session.flush()
    trace.keep(history.Verb.CREATED, duty)


def change(
    duty: DutyRow,
    appointment: Appointment,
    others: Iterable[HeldDuty],
    *,
    seen_version: int,
    today: date,
    trace: Trace,
) -> None:
    """Correct a duty that is not over. Raises `IsHistory`, `Stale`, and as `begin`."""
    refuse_history(duty, today)
    take(duty, seen_version)
    refuse_a_clash((other for other in others if other is not duty), appointment)
    if fields := _write(duty, appointment):
        duty.version += 1
        trace.keep(history.Verb.CHANGED, duty, fields)


def end(duty: DutyRow, others: Iterable[HeldDuty], *, on: date, seen_version: int, today: date, trace: Trace) -> None:
    """Set the last day of a duty. Raises `IsHistory`, `Stale`, `EndsBeforeItStarts`, or `RankHeld` when it meets the next."""
    refuse_history(duty, today)
    take(duty, seen_version)
    ended = Appointment(duty.contact, duty.rank, duty.starts_on, on)
    refuse_a_clash((other for other in others if other is not duty), ended)
    if duty.ends_on != on:
        duty.ends_on = on
        duty.version += 1
        trace.keep(history.Verb.CHANGED, duty, ["ends_on"])


def remove(duty: DutyRow, *, today: date, trace: Trace) -> None:
    """Take back a duty that never began. Raises `HasStarted`."""
    if duty.starts_on <= today:
        raise HasStarted
    db.session.delete(duty)
    trace.keep(history.Verb.REMOVED, duty)


def _write(duty: DutyRow, appointment: Appointment) -> list[str]:
    """Put the appointment into the duty; the names of the fields that it changed."""
    changed = [
        name
        for name in ("contact", "rank", "starts_on", "ends_on")
        if getattr(duty, name) != getattr(appointment, name)
    ]
    for name in changed:
        setattr(duty, name, getattr(appointment, name))
    return changed
