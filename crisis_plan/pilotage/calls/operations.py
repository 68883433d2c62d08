"""A call list is opened, and closed: in between are its attempts (`attempts`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import invitations
from crisis_plan.pilotage.calls.models import CallLine, CallList
from crisis_plan.pilotage.calls.rules import Channel, Purpose

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

LIST = "call_list"


class NobodyToCall(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Personne ne répond à ce choix\u00a0: choisissez un autre public, ou complétez d’abord l’annuaire."


class NobodyToWriteTo(NobodyToCall):
    def __str__(self) -> str:
        return (
            "Personne n’a de courriel dans ce choix\u00a0: choisissez l’appel ou le SMS, "
            "ou complétez d’abord l’annuaire."
        )


class ListClosed(RuleBroken):
    def __str__(self) -> str:
        return "Cette liste d’appel est close\u00a0: ses résultats ne changent plus."


def open_list(
    cpts: Cpts,
    *,
    purpose: Purpose,
    title: str,
    channel: Channel,
    message: str,
    audience: str,
    contacts: Sequence[Contact],
    by: Account,
    at: datetime,
) -> CallList:
    """Open a list: the clock of its measures starts. By e-mail, each receives a personal link.

    Raises `NobodyToCall`; by e-mail `NobodyToWriteTo` where nobody has an address, or `invitations.NoMailServer`.
    """
    people = list({contact.id: contact for contact in contacts}.values())
    if not people:
        raise NobodyToCall
    if channel is Channel.EMAIL and not any(contact.emails for contact in people):
        raise NobodyToWriteTo
    call_list = CallList(
        cpts_id=cpts.id,
        cpts=cpts,
        purpose=purpose,
        title=title,
        channel=channel,
        message=message,
        audience=audience,
        opened_at=at,
        opened_by_id=by.id,
        last_change=0,
    )
    call_list.lines = [_line(position, contact) for position, contact in enumerate(people, start=1)]
    db.session.add(call_list)
    db.session.flush()
    history.record(history.Verb.CREATED, LIST, call_list.id, cpts_id=cpts.id, by=by, at=at)
    if channel is Channel.EMAIL:
        invitations.send(call_list, people, at=at)
    db.session.flush()
    return call_list


def _line(position: int, contact: Contact) -> CallLine:
    return CallLine(
        position=position,
        contact_id=contact.id,
        name=contact.name,
        what=contact.what,
        profession=contact.profession or contact.category,
        attempts_count=0,
        changed=0,
    )


def close(call_list: CallList, *, by: Account, at: datetime) -> None:
    """No more attempts: what was measured is kept as it is. Raises `ListClosed` when it was closed already."""
    change = next_change(call_list)
    db.session.execute(
        sa.update(CallLine)
        .where(CallLine.list_id == call_list.id, CallLine.claimed_by_id.is_not(None))
        .values(claimed_by_id=None, claimed_at=None, changed=change)
    )
    call_list.closed_at, call_list.closed_by_id = at, by.id
    history.record(history.Verb.CHANGED, LIST, call_list.id, cpts_id=call_list.cpts_id, by=by, at=at, fields=["closed"])
    db.session.flush()


def next_change(call_list: CallList) -> int:
    """Number the change to come; whoever changes the list at the same moment waits. Raises `ListClosed`.

    Numbers follow the order of commits: a telephone that asks for what came after one of them misses nothing.
    """
    number = db.session.execute(
        sa.update(CallList)
        .where(CallList.id == call_list.id, CallList.closed_at.is_(None))
        .values(last_change=CallList.last_change + 1)
        .returning(CallList.last_change)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if number is None:
        raise ListClosed
    db.session.expire(call_list, ["last_change"])
    return number
