"""Keeping the action cards: adding, rewording, copying, putting in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation import order
from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses.copying import twin
from crisis_plan.adaptation.responses.descriptions import NAMED, CardDescription
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.offered import Offered, offered
from crisis_plan.adaptation.responses.rules import title_of_copy
from crisis_plan.db import db, hold, take
from crisis_plan.errors import Stale
from crisis_plan.evaluation.improvements import answering
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import local_date

if TYPE_CHECKING:
    from crisis_plan.evaluation.improvements.models import Improvement

CARD = "action_card"


def add(
    cpts: Cpts,
    description: CardDescription,
    *,
    reread_on: date | None,
    by: Account,
    at: datetime,
) -> ActionCard:
    """Add a card at the end of the booklet; `reread_on` is none for one that nobody has read yet."""
    hold(cpts)
    card = described(description, offered(cpts), reread_on=reread_on)
    return store(cpts, card, queries.last_position(cpts) + 1, by=by, at=at)


def described(description: CardDescription, known: Offered, *, reread_on: date | None, draft: str = "") -> ActionCard:
    """A card not stored yet which says this; of other rooms, it names only what is `known`."""
    card = ActionCard(draft=draft, reread_on=reread_on, **description.stored)
    for name in NAMED:
        setattr(card, name, known.chosen(name, getattr(description, name)))
    return card


def store(cpts: Cpts, card: ActionCard, position: int, *, by: Account, at: datetime) -> ActionCard:
    """Put a new card of this CPTS, which is held, at this place of its booklet."""
    card.cpts_id, card.position = cpts.id, position
    card.created_at = card.updated_at = at
    db.session.add(card)
    db.session.flush()
    record(history.Verb.CREATED, card, by=by, at=at)
    return card


def change(
    cpts: Cpts,
    card: ActionCard,
    description: CardDescription,
    *,
    seen_version: int,
    reread_on: date,
    by: Account,
    at: datetime,
    improvements: Sequence[Improvement] = (),
) -> None:
    """Say a card otherwise, and which improvements that answers; whoever saves it has read it again.

    Raises `Stale`, and `NothingChanged` where an improvement is newer than the card.
    """
    take(card, seen_version)
    known = offered(cpts)
    written = description.stored | {name: known.chosen(name, getattr(description, name)) for name in NAMED}
    fields = [name for name, value in written.items() if getattr(card, name) != value]
    for name in fields:
        setattr(card, name, written[name])
    if fields:
        card.version += 1
        card.updated_at = at
    proof = f"Fiche «\u00a0{card.title}\u00a0» modifiée le {local_date(card.updated_at, cpts)}"
    answering.answer(improvements, proof, last_changed_at=card.updated_at, by=by, at=at)
    _mark_reread(card, reread_on, fields, by=by, at=at)


def mark_reread(card: ActionCard, *, seen: str, on: date, by: Account, at: datetime) -> None:
    """Somebody of the CPTS read the card on this day, and found it right as `seen` (its `stamp`). Raises `Stale`."""
    hold(card)
    if card.stamp != seen:
        raise Stale
    _mark_reread(card, on, [], by=by, at=at)


def copy(cpts: Cpts, card: ActionCard, *, by: Account, at: datetime) -> ActionCard:
    """Add a card with all that this one says, at the end of the booklet: the numbers of the others stay."""
    hold(cpts)
    made = twin(card)
    made.title = title_of_copy(card.title)
    return store(cpts, made, queries.last_position(cpts) + 1, by=by, at=at)


def move(cpts: Cpts, card: ActionCard, *, up: bool, by: Account, at: datetime) -> None:
    """Exchange a card with its neighbour; at the end of the booklet nothing moves."""
    hold(cpts)
    hold(card)
    if order.move(queries.cards(cpts), card, -1 if up else 1):
        record(history.Verb.CHANGED, card, by=by, at=at, fields=["position"])


def remove(card: ActionCard, *, by: Account, at: datetime) -> None:
    """Take a card out of the booklet, with its steps; levels that named it no longer do. Raises `Stale`."""
    hold(card)
    db.session.delete(card)
    record(history.Verb.REMOVED, card, by=by, at=at)


def touch(card: ActionCard, *, by: Account, at: datetime, fields: Sequence[str] = ()) -> None:
    """A part of the card was changed: it is remembered when and by whom; forms of the card stay good."""
    card.updated_at = at
    record(history.Verb.CHANGED, card, by=by, at=at, fields=fields)


def record(verb: history.Verb, card: ActionCard, *, by: Account, at: datetime, fields: Sequence[str] = ()) -> None:
    """Write the change of a card in the history, and send all to the database."""
    history.record(verb, CARD, card.id, cpts_id=card.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()


def _mark_reread(card: ActionCard, on: date, fields: list[str], *, by: Account, at: datetime) -> None:
    if card.reread_on != on:
        fields = [*fields, "reread_on"]
    if not fields:
        return
    card.reread_on = on
    record(history.Verb.CHANGED, card, by=by, at=at, fields=fields)
