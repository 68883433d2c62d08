"""Keeping the action cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.db import db

CARD = "action_card"


def touch(card: ActionCard, *, by: Account, at: datetime, fields: Sequence[str] = ()) -> None:
    """A part of the card was changed: it is remembered when and by whom; forms of the card stay good."""
    card.updated_at = at
    record(history.Verb.CHANGED, card, by=by, at=at, fields=fields)


def record(verb: history.Verb, card: ActionCard, *, by: Account, at: datetime, fields: Sequence[str] = ()) -> None:
    """Write the change of a card in the history, and send all to the database."""
    history.record(verb, CARD, card.id, cpts_id=card.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
