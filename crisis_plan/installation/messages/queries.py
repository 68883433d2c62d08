"""The outbox, as the operator sees it: addresses and states, never what was written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import defer

from crisis_plan.db import db
from crisis_plan.installation.messages.rules import MessageState, message_state
from crisis_plan.outbox import MOST_ATTEMPTS, OutboxMessage
from crisis_plan.web.pages import Page, page_of


@dataclass(frozen=True)
class Line:
    """A message and where it stands."""

    message: OutboxMessage
    state: MessageState


def listed(number: int) -> Page[Line]:
    """Messages, the latest first, without their bodies."""
    query = (
        sa.select(OutboxMessage)
        .options(defer(OutboxMessage.body, raiseload=True))
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
    )
    page = page_of(query, number)
    return Page([Line(message, state(message)) for message in page.items], page.number, page.total)


def state(message: OutboxMessage) -> MessageState:
    return message_state(
        sent_at=message.sent_at,
        attempts=message.attempts,
        most_attempts=MOST_ATTEMPTS,
        last_error=message.last_error,
    )


def message_or_404(message_id: uuid.UUID) -> OutboxMessage:
    return db.session.get(OutboxMessage, message_id) or abort(404)
