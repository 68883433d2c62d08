"""The messages of a crisis, and what became of each copy."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.anticipation.directory.loading import with_phones
from crisis_plan.db import db
from crisis_plan.outbox import MOST_ATTEMPTS, TOO_OLD_AFTER, OutboxMessage
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.models import LogbookEntry
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.pilotage.messages.models import CrisisMessage, MessageChannel, MessageRecipient
from crisis_plan.pilotage.messages.rules import TO_CALL, Delivery
from crisis_plan.web.pages import Page, page_of

Counts = dict[Delivery, int]


@dataclass(frozen=True)
class Told:
    """A message, and how many people it was for by what became of their copy."""

    message: CrisisMessage
    counts: Counts

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def to_call(self) -> int:
        return sum(self.counts.get(one, 0) for one in TO_CALL)

    @property
    def mark(self) -> str:
        """Another one as soon as a copy leaves or fails: what a live page shows."""
        return "-".join(str(self.counts.get(one, 0)) for one in Delivery)


class Sent(NamedTuple):
    """A message by the entry that tells it: how many people it was for, and how many of them it did not reach."""

    part: Part
    number: int
    people: int
    not_reached: int


@dataclass(frozen=True)
class Copy:
    """The message as it went to one person."""

    recipient: MessageRecipient
    delivery: Delivery


def page_of_messages(crisis: Crisis, number: int, now: datetime) -> tuple[Page[CrisisMessage], list[Told]]:
    """A page of the messages of this crisis, the latest first; three statements."""
    query = sa.select(CrisisMessage).where(CrisisMessage.crisis_id == crisis.id)
    page = page_of(query.options(joinedload(CrisisMessage.entry)).order_by(CrisisMessage.number.desc()), number)
    found = _counts([one.id for one in page.items], now)
    return page, [Told(one, found.get(one.id, {})) for one in page.items]


def sent(crisis: Crisis, now: datetime) -> list[Sent]:
    """Every message of this crisis in its order, without its text; one statement."""
    is_missed = _delivery(now).in_([one.value for one in TO_CALL])
    query = (
        sa.select(
            LogbookEntry.part,
            LogbookEntry.number,
            sa.func.count(MessageRecipient.id),
            sa.func.sum(sa.case((is_missed, 1), else_=0)),
        )
        .select_from(CrisisMessage)
        .join(CrisisMessage.entry)
        .outerjoin(CrisisMessage.recipients)
        .outerjoin(OutboxMessage, OutboxMessage.id == MessageRecipient.outbox_id)
        .where(CrisisMessage.crisis_id == crisis.id)
        .group_by(LogbookEntry.part, LogbookEntry.number, CrisisMessage.number)
        .order_by(CrisisMessage.number)
    )
    return [Sent(part, number, people, int(missed)) for part, number, people, missed in db.session.execute(query)]


def message_or_404(crisis: Crisis, number: int) -> CrisisMessage:
    """The message of this number, with its entry."""
    query = sa.select(CrisisMessage).where(CrisisMessage.crisis_id == crisis.id, CrisisMessage.number == number)
    return db.session.scalars(query.options(joinedload(CrisisMessage.entry))).one_or_none() or abort(404)


def told(message: CrisisMessage, now: datetime) -> Told:
    """This message, and what became of its copies; one statement."""
    return Told(message, _counts([message.id], now).get(message.id, {}))


def page_of_copies(message: CrisisMessage, number: int, now: datetime) -> tuple[Page[MessageRecipient], list[Copy]]:
    """A page of its recipients, those whom nothing reached on top, each with their telephones; four statements."""
    state = _delivery(now)
    is_reached = sa.case((state.in_([one.value for one in TO_CALL]), 0), else_=1)
    query = _recipients(MessageRecipient).where(MessageRecipient.message_id == message.id)
    in_order = query.order_by(is_reached, MessageRecipient.position)
    beside = (joinedload(MessageRecipient.posted), with_phones(MessageRecipient.contact))
    page = page_of(in_order.options(*beside), number)
    rows = db.session.execute(
        _recipients(MessageRecipient.id, state).where(MessageRecipient.id.in_([one.id for one in page.items]))
    )
    states = {recipient_id: Delivery(found) for recipient_id, found in rows}
    return page, [Copy(one, states[one.id]) for one in page.items]


def missed(message: CrisisMessage, now: datetime) -> Sequence[MessageRecipient]:
    """Whom it did not reach, with their telephones; three statements."""
    query = _recipients(MessageRecipient).where(
        MessageRecipient.message_id == message.id, _delivery(now).in_([one.value for one in TO_CALL])
    )
    in_order = query.order_by(MessageRecipient.position)
    return db.session.scalars(in_order.options(with_phones(MessageRecipient.contact))).unique().all()


def of_key(crisis: Crisis, key: uuid.UUID | None) -> CrisisMessage | None:
    """The message that was sent with this key already; one statement."""
    if key is None:
        return None
    query = sa.select(CrisisMessage).join(CrisisMessage.entry).where(CrisisMessage.crisis_id == crisis.id)
    return db.session.scalars(query.where(LogbookEntry.client_key == key)).one_or_none()


def next_number(crisis: Crisis) -> int:
    """The number that the next message of this crisis will bear; whoever sends it holds the crisis."""
    query = sa.select(sa.func.max(CrisisMessage.number)).where(CrisisMessage.crisis_id == crisis.id)
    return (db.session.scalar(query) or 0) + 1


def _counts(message_ids: Sequence[uuid.UUID], now: datetime) -> dict[uuid.UUID, Counts]:
    state = _delivery(now).label("state")
    rows = db.session.execute(
        _recipients(MessageRecipient.message_id, state, sa.func.count())
        .where(MessageRecipient.message_id.in_(message_ids))
        .group_by(MessageRecipient.message_id, state)
    )
    found: dict[uuid.UUID, Counts] = {}
    for message_id, one, count in rows:
        found.setdefault(message_id, {})[Delivery(one)] = count
    return found


def _recipients(*columns: Any) -> sa.Select[Any]:
    """These columns of the recipients, beside what `_delivery` looks at."""
    return (
        sa.select(*columns)
        .join(MessageRecipient.message)
        .outerjoin(OutboxMessage, OutboxMessage.id == MessageRecipient.outbox_id)
    )


def _delivery(now: datetime) -> sa.Case[str]:
    """What became of a recipient's copy, as the outbox tells it."""
    has_given_up = sa.or_(OutboxMessage.attempts >= MOST_ATTEMPTS, OutboxMessage.created_at <= now - TOO_OLD_AFTER)
    return sa.case(
        (CrisisMessage.channel != MessageChannel.EMAIL, Delivery.BY_HAND.value),
        (MessageRecipient.address == "", Delivery.NO_ADDRESS.value),
        (OutboxMessage.id.is_(None), Delivery.ERASED.value),
        (OutboxMessage.sent_at.is_not(None), Delivery.SENT.value),
        (has_given_up, Delivery.FAILED.value),
        else_=Delivery.WAITING.value,
    )
