"""Keeping the list of channels."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation import order
from crisis_plan.db import db, hold, take
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.communication import queries
from crisis_plan.pilotage.communication.descriptions import ChannelDescription
from crisis_plan.pilotage.communication.models import Channel
from crisis_plan.pilotage.crisis_cell.rules import Direction

SUBJECT = "communication_channel"


def add_channel(cpts: Cpts, description: ChannelDescription, *, by: Account, at: datetime) -> Channel:
    """Add a channel, to be tried after all others."""
    hold(cpts)
    position = order.next_position(queries.channels_alone(cpts))
    channel = Channel(cpts_id=cpts.id, position=position, created_at=at, updated_at=at, **description.stored)
    db.session.add(channel)
    db.session.flush()
    _record(history.Verb.CREATED, channel, by=by, at=at)
    return channel


def change_channel(
    channel: Channel, description: ChannelDescription, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Say otherwise what a channel is. Raises `Stale`."""
    take(channel, seen_version)
    history.rewrite(channel, description.stored, subject=SUBJECT, by=by, at=at)


def move_channel(cpts: Cpts, channel: Channel, direction: Direction, *, by: Account, at: datetime) -> None:
    """Exchange a channel with its neighbour; at the end of the list nothing moves. Raises `Stale`."""
    hold(cpts)
    hold(channel)
    if order.move(queries.channels_alone(cpts), channel, direction.step):
        _record(history.Verb.CHANGED, channel, by=by, at=at, fields=["position"])


def remove_channel(channel: Channel, *, by: Account, at: datetime) -> None:
    """Take a channel out of the list. Raises `Stale`."""
    hold(channel)
    db.session.delete(channel)
    _record(history.Verb.REMOVED, channel, by=by, at=at)


def _record(
    verb: history.Verb, channel: Channel, *, by: Account, at: datetime, fields: list[str] | None = None
) -> None:
    history.record(verb, SUBJECT, channel.id, cpts_id=channel.cpts_id, by=by, at=at, fields=fields or [])
    db.session.flush()
