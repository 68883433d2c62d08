"""An action of the plan was carried out: an action card, or a plan action named by hand (domain, section 10)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import CLOCKS_DIFFER, EntryKind, Written
from crisis_plan.pilotage.mobilisation import wording
from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, ActionPerson
from crisis_plan.pilotage.mobilisation.refusals import NoActionNamed, NoLongerInThePlan, NotYetDone
from crisis_plan.pilotage.mobilisation.rules import action_key, card_key
from crisis_plan.pilotage.mobilisation.who import Who


@dataclass(frozen=True)
class Done:
    """What was done: a card of the plan, or a plan action in words; when, and a word about it."""

    happened_at: datetime
    card_id: uuid.UUID | None = None
    label: str = ""
    what: str = ""


def record(
    cpts: Cpts,
    crisis: Crisis,
    done: Done,
    people: Sequence[Who],
    *,
    key: uuid.UUID | None = None,
    by: Account,
    at: datetime,
) -> ActionCarriedOut:
    """Record an action and who did it, who may be nobody yet.

    Raises `CrisisClosed`, `NoActionNamed`, `NoLongerInThePlan`, `NotYetDone`.
    """
    hold_open(crisis)
    card_id, label = _named(cpts, done)
    if done.happened_at > at + CLOCKS_DIFFER:
        raise NotYetDone
    action = ActionCarriedOut(
        crisis_id=crisis.id,
        card_id=card_id,
        action_key=card_key(card_id) if card_id else action_key(label),
        label=label,
        happened_at=done.happened_at,
        what=done.what,
        recorded_at=at,
        recorded_by_name=by.name,
    )
    said = Written(EntryKind.ACTION_DONE, wording.carried_out(action, people, crisis.cpts), client_key=key)
    action.entry_number = append_entry(crisis, said, by=by, at=at).number
    action.people = [
        ActionPerson(contact_id=who.contact_id, person_key=who.key, name=who.name, profession=who.profession)
        for who in people
    ]
    db.session.add(action)
    db.session.flush()
    return action


def _named(cpts: Cpts, done: Done) -> tuple[uuid.UUID | None, str]:
    """The card and its title, or the words; the words of a card's title are that card."""
    titles = dict(responses.titles(cpts))
    if done.card_id:
        if done.card_id not in titles:
            raise NoLongerInThePlan
        return done.card_id, titles[done.card_id]
    if not folded(done.label):
        raise NoActionNamed
    same = [(card_id, title) for card_id, title in titles.items() if folded(title) == folded(done.label)]
    return same[0] if len(same) == 1 else (None, done.label)
