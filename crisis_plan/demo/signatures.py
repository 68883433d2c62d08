"""The yearly updates of the demonstration: what version 2 prints as read again, and what was signed since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crisis_plan import db
from crisis_plan.access.models import Account
from crisis_plan.demo.people import People
from crisis_plan.organisations.models import Cpts
from crisis_plan.yearly_update.room import queries, signing
from crisis_plan.yearly_update.signatures.rules import ThingKind, ThingState, of_state

K = ThingKind
IN_MEETING = "Relu en réunion de bureau."
CALLED = "Confirmé par téléphone avec qui le tient."
ALL = 10_000
TEXTS: Mapping[ThingKind, int] = {K.SECTION: ALL, K.CARD: ALL}
EVERYTHING: Mapping[ThingKind, int] = dict.fromkeys(ThingKind, ALL)


def tell_first_signatures(cpts: Cpts, people: People, *, today: date) -> None:
    """All that version 2 did not change, signed before it; `today`: some days before its publication."""
    _sign(cpts, TEXTS, note=IN_MEETING, by=people.referent, on=today - timedelta(days=1))
    _sign(cpts, EVERYTHING, by=people.coordinator, on=today)


def tell_signatures(cpts: Cpts, people: People, *, today: date) -> None:
    """About half of what version 2 left to read again; told at the end of the story."""
    _sign(cpts, {K.SECTION: 9}, note=IN_MEETING, by=people.referent, on=today - timedelta(days=33))
    _sign(cpts, {K.CARD: 5, K.PLACE: 2}, by=people.coordinator, on=today - timedelta(days=19))
    _sign(cpts, {K.NEIGHBOUR: 5}, note=CALLED, by=people.coordinator, on=today - timedelta(days=4))


def _sign(cpts: Cpts, counts: Mapping[ThingKind, int], *, note: str = "", by: Account, on: date) -> None:
    """The first things of each kind that are still to be read again, that day at noon."""
    db.commit()  # signing compares what is committed, then takes the lock
    update = queries.update_of(cpts, on)
    if update is None:
        return
    waiting = of_state(update.lines, ThingState.TO_DO)
    wanted: Collection[str] = [
        line.name
        for kind, count in counts.items()
        for line in [one for one in waiting if one.thing.kind is kind][:count]
    ]
    if wanted:
        at = datetime.combine(on, time(12), tzinfo=ZoneInfo(cpts.time_zone))
        signing.sign(cpts, update, wanted, seen=update.base.number, note=note, by=by, at=at, on=on)
        db.commit()
