"""Calling people in a crisis: the lists of `calls`, opened and closed with an entry of the logbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import audience
from crisis_plan.pilotage.calls import operations as calls
from crisis_plan.pilotage.calls.choices import Audience, Choice
from crisis_plan.pilotage.calls.models import CallList
from crisis_plan.pilotage.calls.queries import results
from crisis_plan.pilotage.calls.rules import Channel, Purpose
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.crisis_calls.models import CrisisCallList
from crisis_plan.pilotage.crisis_calls.queries import running
from crisis_plan.pilotage.crisis_calls.wording import TO_THE_CELL, closing_words, opening_words
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


def open_for_cell(cpts: Cpts, crisis: Crisis, *, by: Account, at: datetime) -> CallList | None:
    """The call list of the cell, open as soon as the crisis is; none where the cell has nobody to call."""
    chosen = Choice(Audience.CELL)
    people = audience.people(cpts, chosen, clock.local(at, cpts).date())
    if not people.count:
        return None
    return open_for(
        cpts,
        crisis,
        chosen=chosen,
        contacts=people.contacts,
        channel=Channel.TELEPHONE,
        title="Rappel de la cellule de crise",
        message=TO_THE_CELL,
        by=by,
        at=at,
    )


def open_for(
    cpts: Cpts,
    crisis: Crisis,
    *,
    chosen: Choice,
    contacts: Sequence[Contact],
    channel: Channel,
    title: str,
    message: str,
    by: Account,
    at: datetime,
) -> CallList:
    """Open a call list in a crisis: the logbook says so. Raises `CrisisClosed`, and as `calls.operations.open_list`."""
    hold_open(crisis)
    call_list = calls.open_list(
        cpts,
        purpose=Purpose.EXERCISE if crisis.is_exercise else Purpose.CRISIS,
        title=title,
        channel=channel,
        message=message,
        audience=chosen.in_words,
        contacts=contacts,
        by=by,
        at=at,
    )
    db.session.add(CrisisCallList(list_id=call_list.id, crisis_id=crisis.id))
    said = opening_words(title, chosen.in_words, len(call_list.lines), channel)
    append_entry(crisis, Written(EntryKind.ACTION_STARTED, said), by=by, at=at)
    return call_list


def close(crisis: Crisis, call_list: CallList, *, by: Account, at: datetime) -> None:
    """No more attempts in this list: the logbook keeps its figures. Raises `CrisisClosed`, `ListClosed`."""
    hold_open(crisis)
    calls.close(call_list, by=by, at=at)
    said = closing_words(call_list.title, results(call_list))
    append_entry(crisis, Written(EntryKind.ACTION_DONE, said), by=by, at=at)


def close_all(crisis: Crisis, *, by: Account, at: datetime) -> None:
    """No more attempts in any list of this crisis. Raises `CrisisClosed`."""
    for call_list in running(crisis):
        close(crisis, call_list, by=by, at=at)
