"""Saying that a referent is away, and taking it back. An absence is forgotten once it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.referents import queries
from crisis_plan.anticipation.referents.models import ReferentAbsence
from crisis_plan.anticipation.referents.refusals import DutyRefused, EndsBeforeItStarts
from crisis_plan.anticipation.referents.rules import overlap
from crisis_plan.anticipation.referents.wording import period_in_words
from crisis_plan.db import db, hold, take
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

SUBJECT = "referent_absence"


class AlreadyAway(DutyRefused):
    """The same person is away on some of these days."""

    def __init__(self, known: ReferentAbsence) -> None:
        super().__init__(
            f"{known.contact.name} est déjà absent {period_in_words(known)}\u00a0: modifiez cette absence."
        )


class AlreadyOver(DutyRefused):
    field = "ends_on"

    def __str__(self) -> str:
        return "Cette absence est déjà passée\u00a0: elle ne change plus rien à qui peut être appelé."


@dataclass(frozen=True)
class Leave:
    """Who is away, from which day to which."""

    contact: Contact
    starts_on: date
    ends_on: date


def add(cpts: Cpts, leave: Leave, *, today: date, by: Account, at: datetime) -> ReferentAbsence:
    """Say that a referent is away. Raises `EndsBeforeItStarts`, `AlreadyOver` or `AlreadyAway`."""
    hold(cpts)
    forget_past(cpts, today)
    _refuse(leave, queries.absences(cpts, today), today)
    absence = ReferentAbsence(cpts_id=cpts.id, created_at=at, **vars(leave))
    db.session.add(absence)
    db.session.flush()
    _record(history.Verb.CREATED, absence, by=by, at=at)
    return absence


def change(
    cpts: Cpts, absence: ReferentAbsence, leave: Leave, *, seen_version: int, today: date, by: Account, at: datetime
) -> None:
    """Correct who is away and when. Raises `Stale`, and as `add`."""
    hold(cpts)
    take(absence, seen_version)
    _refuse(leave, (other for other in queries.absences(cpts, today) if other is not absence), today)
    fields = [name for name, value in vars(leave).items() if getattr(absence, name) != value]
    if not fields:
        return
    for name in fields:
        setattr(absence, name, getattr(leave, name))
    absence.version += 1
    _record(history.Verb.CHANGED, absence, by=by, at=at, fields=fields)


def remove(absence: ReferentAbsence, *, by: Account, at: datetime) -> None:
    """The person is there after all."""
    db.session.delete(absence)
    _record(history.Verb.REMOVED, absence, by=by, at=at)


def forget_past(cpts: Cpts, today: date) -> None:
    """Absences that are over say nothing to anybody any more (domain, section 12: kept no longer than needed)."""
    for absence in queries.past_absences(cpts, today):
        db.session.delete(absence)
    db.session.flush()


def _refuse(leave: Leave, others: Iterable[ReferentAbsence], today: date) -> None:
    if leave.ends_on < leave.starts_on:
        raise EndsBeforeItStarts
    if leave.ends_on < today:
        raise AlreadyOver
    for other in others:
        if other.contact_id == leave.contact.id and overlap(other, leave):
            raise AlreadyAway(other)


def _record(
    verb: history.Verb, absence: ReferentAbsence, *, by: Account, at: datetime, fields: Iterable[str] = ()
) -> None:
    history.record(verb, SUBJECT, absence.id, cpts_id=absence.cpts_id, by=by, at=at, fields=list(fields))
    db.session.flush()
