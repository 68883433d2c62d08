"""The channels and the prepared messages, as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import load_only

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.anticipation.directory import loading
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication.models import Channel, MessageModel
from crisis_plan.pilotage.communication.rules import SPOKESPERSON, Held, Moment, lacks, serves
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell
from crisis_plan.pilotage.crisis_cell.queries import FunctionToday

WITH_HOLDER = loading.with_phones(Channel.contact)
MOMENTS = list(Moment)


def channels(cpts: Cpts) -> Sequence[Channel]:
    """The channels in the order in which one tries them, with who holds each and their telephones; one statement."""
    return db.session.scalars(_channels(cpts).options(WITH_HOLDER)).unique().all()


def channels_alone(cpts: Cpts) -> Sequence[Channel]:
    """The channels in order, without who holds them; one statement."""
    return db.session.scalars(_channels(cpts)).all()


def channel_or_404(cpts: Cpts, channel_id: uuid.UUID) -> Channel:
    """A channel, with who holds it and their telephones."""
    query = _channels(cpts).where(Channel.id == channel_id).options(WITH_HOLDER)
    return db.session.scalars(query).unique().one_or_none() or abort(404)


def models(cpts: Cpts, crisis_type: CrisisType | None = None) -> list[MessageModel]:
    """The prepared messages in the order of a crisis; those that serve this type, when one is named. One statement."""
    query = sa.select(MessageModel).where(MessageModel.cpts_id == cpts.id)
    found = db.session.scalars(query.order_by(MessageModel.position, MessageModel.id)).all()
    in_order = sorted(found, key=lambda model: MOMENTS.index(model.moment))
    return [model for model in in_order if serves(model, crisis_type)]


def models_at(cpts: Cpts, moment: Moment) -> Sequence[MessageModel]:
    """The prepared messages of one moment, in the CPTS's order; one statement."""
    query = sa.select(MessageModel).where(MessageModel.cpts_id == cpts.id, MessageModel.moment == moment)
    return db.session.scalars(query.order_by(MessageModel.position, MessageModel.id)).all()


def model_or_404(cpts: Cpts, model_id: uuid.UUID) -> MessageModel:
    query = sa.select(MessageModel).where(MessageModel.cpts_id == cpts.id, MessageModel.id == model_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def spokesperson(cpts: Cpts, today: date) -> FunctionToday | None:
    """The function of the cell that speaks for the CPTS and who holds it today; none when the cell has no such one."""
    held = crisis_cell.functions(cpts, today)
    return next((one for one in held if one.function.key == SPOKESPERSON), None)


def missing(cpts: Cpts, today: date) -> tuple[str, ...]:
    """What the requirement « communication » still lacks, as French sentences; four statements."""
    known = _channels(cpts).options(load_only(Channel.kind, Channel.fallback))
    types = sa.select(MessageModel.crisis_types).where(MessageModel.cpts_id == cpts.id)
    return lacks(db.session.scalars(known).all(), db.session.scalars(types).all(), _is_held(cpts, today))


def unread(cpts: Cpts) -> int:
    """How many messages nobody of the CPTS has read again since they were proposed; one statement."""
    query = sa.select(sa.func.count()).where(MessageModel.cpts_id == cpts.id, MessageModel.reread_on.is_(None))
    return db.session.scalar(query) or 0


def _is_held(cpts: Cpts, today: date) -> Held | None:
    """Whether somebody whom one can call speaks for the CPTS; none without the function. Two statements."""
    known = (one for one in crisis_cell.functions_alone(cpts) if one.key == SPOKESPERSON)
    if (function := next(known, None)) is None:
        return None
    return Held(function.name, function.id in crisis_cell.functions_reached(cpts, today))


def _channels(cpts: Cpts) -> sa.Select[Channel]:
    return sa.select(Channel).where(Channel.cpts_id == cpts.id).order_by(Channel.position, Channel.id)
