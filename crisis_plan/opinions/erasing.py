"""Erasing one word of an opinion on a legal order: written down first; who spoke, and when, stays."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.opinions.models import Opinion, OpinionErasure, OpinionMessage
from crisis_plan.opinions.operations import SUBJECT
from crisis_plan.organisations.models import Cpts


class ErasedAlready(RuleBroken):
    def __str__(self) -> str:
        return "Le texte de ce message est déjà effacé."


def message_of(opinion_id: uuid.UUID, number: int) -> tuple[Cpts, OpinionMessage] | None:
    """The word that an order is about, and whose plan it is about."""
    query = (
        sa.select(Cpts, OpinionMessage)
        .join(Opinion, Opinion.cpts_id == Cpts.id)
        .join(OpinionMessage, OpinionMessage.opinion_id == Opinion.id)
        .where(Opinion.id == opinion_id, OpinionMessage.number == number)
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def erase_text(cpts: Cpts, message: OpinionMessage, *, ordered_by: str, by: Account, at: datetime) -> None:
    """Erase what this word says. Raises `ErasedAlready`."""
    hold(cpts)
    db.session.refresh(message)
    if message.is_erased:
        raise ErasedAlready
    db.session.add(
        OpinionErasure(
            message_id=message.id, ordered_by=ordered_by, erased_at=at, erased_by_id=by.id, erased_by_name=by.name
        )
    )
    db.session.flush()
    db.session.execute(sa.update(OpinionMessage).where(OpinionMessage.id == message.id).values(text=""))
    db.session.expire(message)
    history.record(history.Verb.REMOVED, SUBJECT, message.opinion_id, cpts_id=cpts.id, by=by, at=at, fields=["text"])
    db.session.flush()
