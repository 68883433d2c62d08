"""Keeping the prepared messages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation import order
from crisis_plan.db import db, hold, take
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls.choices import choice
from crisis_plan.pilotage.communication import queries
from crisis_plan.pilotage.communication.descriptions import ModelDescription
from crisis_plan.pilotage.communication.models import MessageModel
from crisis_plan.pilotage.communication.proposals import PROPOSED, ProposedMessage
from crisis_plan.pilotage.crisis_cell.naming import shortened
from crisis_plan.pilotage.crisis_cell.rules import Direction

SUBJECT = "message_model"
COPY = " (copie)"
LONGEST_TITLE = 160
SAID = ("crisis_types", "audience", "audience_which", "audience_words", "subject", "email_text", "short_text")
"""What a copy says as its original does, besides its title and its moment."""


def take_proposed(cpts: Cpts, *, by: Account, at: datetime) -> list[MessageModel]:
    """Add the proposed messages that the CPTS has not taken yet; nobody has read them again."""
    hold(cpts)
    taken = {model.proposal for model in queries.models(cpts)}
    wanted = [proposed for proposed in PROPOSED if proposed.key not in taken]
    return [_add(cpts, _as_model(proposed), proposal=proposed.key, reread_on=None, by=by, at=at) for proposed in wanted]


def add(cpts: Cpts, description: ModelDescription, *, today: date, by: Account, at: datetime) -> MessageModel:
    """Add a message after those of its moment."""
    hold(cpts)
    return _add(cpts, description.stored, reread_on=today, by=by, at=at)


def copy(cpts: Cpts, model: MessageModel, *, by: Account, at: datetime) -> MessageModel:
    """Add a message that says the same, after those of its moment; it is no longer a proposed one. Raises `Stale`."""
    hold(cpts)
    hold(model)
    title = shortened(model.title, LONGEST_TITLE - len(COPY)) + COPY
    written = {name: getattr(model, name) for name in SAID} | {"title": title, "moment": model.moment}
    return _add(cpts, written, reread_on=model.reread_on, by=by, at=at)


def change(
    cpts: Cpts,
    model: MessageModel,
    description: ModelDescription,
    *,
    seen_version: int,
    today: date,
    by: Account,
    at: datetime,
) -> None:
    """Say a message otherwise; whoever rewrites it has read it. Raises `Stale`."""
    hold(cpts)
    take(model, seen_version)
    written = description.stored | {"reread_on": today}
    if description.moment is not model.moment:
        written["position"] = order.next_position(queries.models_at(cpts, description.moment))
    history.rewrite(model, written, subject=SUBJECT, by=by, at=at)


def say_reread(model: MessageModel, *, seen_version: int, today: date, by: Account, at: datetime) -> None:
    """Somebody of the CPTS has read the message and finds it right as it stands. Raises `Stale`."""
    take(model, seen_version)
    history.rewrite(model, {"reread_on": today}, subject=SUBJECT, by=by, at=at)


def move(cpts: Cpts, model: MessageModel, direction: Direction, *, by: Account, at: datetime) -> None:
    """Exchange a message with its neighbour of the same moment; at the end nothing moves. Raises `Stale`."""
    hold(cpts)
    hold(model)
    if order.move(queries.models_at(cpts, model.moment), model, direction.step):
        _record(history.Verb.CHANGED, model, by=by, at=at, fields=["position"])


def remove(model: MessageModel, *, by: Account, at: datetime) -> None:
    """Take a message out of the list. Raises `Stale`."""
    hold(model)
    db.session.delete(model)
    _record(history.Verb.REMOVED, model, by=by, at=at)


def _as_model(proposed: ProposedMessage) -> dict[str, Any]:
    """Field by field, as a message holds what is proposed."""
    plain = {name: value for name, value in vars(proposed).items() if name not in ("key", "audience")}
    return ModelDescription(**plain, choice=choice(proposed.audience, "")).stored


def _add(
    cpts: Cpts,
    written: dict[str, Any],
    *,
    proposal: str = "",
    reread_on: date | None,
    by: Account,
    at: datetime,
) -> MessageModel:
    model = MessageModel(
        cpts_id=cpts.id,
        proposal=proposal,
        position=order.next_position(queries.models_at(cpts, written["moment"])),
        reread_on=reread_on,
        created_at=at,
        updated_at=at,
        **written,
    )
    db.session.add(model)
    db.session.flush()
    _record(history.Verb.CREATED, model, by=by, at=at)
    return model


def _record(
    verb: history.Verb, model: MessageModel, *, by: Account, at: datetime, fields: list[str] | None = None
) -> None:
    history.record(verb, SUBJECT, model.id, cpts_id=model.cpts_id, by=by, at=at, fields=fields or [])
    db.session.flush()
