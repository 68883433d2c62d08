"""Two lines that look alike and are two persons: someone said so, and the pair is not proposed again."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory.models import Contact, ContactDistinction
from crisis_plan.db import db, hold
from crisis_plan.organisations.models import Cpts

SUBJECT = "contact_distinction"
Pair = frozenset[uuid.UUID]


def keep(first: Contact, second: Contact, *, by: Account, at: datetime) -> None:
    """Remember that these are two persons; saying it again changes nothing. Raises `Stale` when one is gone."""
    for one in sorted((first, second), key=lambda contact: contact.id):
        hold(one)
    if _exists(frozenset((first.id, second.id))):
        return
    made = ContactDistinction(first_id=first.id, second_id=second.id)
    db.session.add(made)
    db.session.flush()
    history.record(history.Verb.CREATED, SUBJECT, made.id, cpts_id=first.cpts_id, by=by, at=at)
    db.session.flush()


def told_apart(cpts: Cpts) -> frozenset[Pair]:
    """The pairs of this CPTS that are two persons, in one statement."""
    found = sa.select(ContactDistinction.first_id, ContactDistinction.second_id)
    rows = db.session.execute(
        found.join(Contact, Contact.id == ContactDistinction.first_id).where(Contact.cpts_id == cpts.id)
    )
    return frozenset(frozenset((first, second)) for first, second in rows)


def follow(contact_id: uuid.UUID, *, to: uuid.UUID) -> None:
    """A line becomes another one: whoever was not this person is not that one either."""
    for one in db.session.scalars(sa.select(ContactDistinction).where(_names(contact_id))).all():
        third = one.second_id if one.first_id == contact_id else one.first_id
        if third != to and not _exists(frozenset((third, to))):
            db.session.add(ContactDistinction(first_id=to, second_id=third))
        db.session.delete(one)
    db.session.flush()


def _names(contact_id: uuid.UUID) -> sa.ColumnElement[bool]:
    return sa.or_(ContactDistinction.first_id == contact_id, ContactDistinction.second_id == contact_id)


def _exists(pair: Pair) -> bool:
    first, second = pair
    found = sa.exists().where(_names(first), _names(second))
    return bool(db.session.scalar(sa.select(found)))
