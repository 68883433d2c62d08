"""Who asked not to be in the directory: recognised when an import brings them back, though no name is kept.

What is kept are digests keyed by `SECRET_KEY`: without the key nobody finds a name again by trying them all. Losing
the key, or changing it, loses the oppositions: those persons must be asked again, so it is changed rarely.
"""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import current_app

from crisis_plan.anticipation.directory.drafts import ContactDraft
from crisis_plan.anticipation.directory.models import Contact, ContactOpposition
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

NUMBERED, UNNUMBERED = "numbered", "unnumbered"
"""Whether the person's national identifier was known: a namesake with another one is somebody else."""
ANYWHERE, NOWHERE = "*", "?"
"""In place of the commune: a person known by name alone; a person looked for without a commune."""


@dataclass(frozen=True)
class Oppositions:
    """The digests that a CPTS keeps, to be asked line after line without the database."""

    cpts_id: uuid.UUID
    digests: frozenset[str]

    def refuses(self, draft: ContactDraft) -> bool:
        """Whether this person asked not to be in the directory."""
        return not self.digests.isdisjoint(_digests(self.cpts_id, _looked_for(draft)))


@dataclass(frozen=True)
class Kept:
    """What can be said of the oppositions of a CPTS without naming anybody."""

    number: int
    last_on: date | None


def opposed(cpts: Cpts) -> Oppositions:
    """Every opposition of this CPTS, in one statement."""
    kept = sa.select(ContactOpposition.digest).where(ContactOpposition.cpts_id == cpts.id)
    return Oppositions(cpts.id, frozenset(db.session.scalars(kept)))


def kept(cpts: Cpts) -> Kept:
    """How many persons opposed, and when the last one did."""
    number = sa.func.count(ContactOpposition.opposition_id.distinct())
    counted = sa.select(number, sa.func.max(ContactOpposition.opposed_on)).where(ContactOpposition.cpts_id == cpts.id)
    persons, last_on = db.session.execute(counted).one()
    return Kept(persons, last_on)


def keep(contact: Contact, *, on: date) -> uuid.UUID:
    """Keep of this contact the digests by which an import would recognise it (domain, section 12)."""
    mine = uuid.uuid4()
    db.session.add_all(
        ContactOpposition(cpts_id=contact.cpts_id, opposition_id=mine, digest=digest, opposed_on=on)
        for digest in sorted(_digests(contact.cpts_id, _remembered(contact)))
    )
    db.session.flush()
    return mine


def lift(cpts: Cpts, draft: ContactDraft) -> set[uuid.UUID]:
    """Forget the oppositions of whoever answers to this name, commune and number. Which ones they were."""
    digests = _digests(cpts.id, _looked_for(draft))
    of_this_cpts = ContactOpposition.cpts_id == cpts.id
    found = sa.select(ContactOpposition.opposition_id).where(of_this_cpts, ContactOpposition.digest.in_(digests))
    lifted = set(db.session.scalars(found))
    if lifted:
        db.session.execute(
            sa.delete(ContactOpposition).where(of_this_cpts, ContactOpposition.opposition_id.in_(lifted))
        )
    return lifted


Words = tuple[str, ...]


def _remembered(contact: Contact) -> set[Words]:
    """By number; by name in each commune, or without one; by name alone where no commune is known."""
    number = contact.national_id
    communes = {folded(place.commune) for place in contact.places if place.commune}
    where = communes | {NOWHERE} if communes else {ANYWHERE}
    known = {(NUMBERED if number else UNNUMBERED, contact.sort_name, commune) for commune in where}
    return known | ({("number", number)} if number else set())


def _looked_for(draft: ContactDraft) -> set[Words]:
    communes = {folded(place.commune) for place in draft.places if place.commune}
    where = (communes or {NOWHERE}) | {ANYWHERE}
    who = (UNNUMBERED,) if draft.national_id else (NUMBERED, UNNUMBERED)
    known = {(how, draft.sort_name[:330], commune) for how in who for commune in where}
    return known | ({("number", draft.national_id)} if draft.national_id else set())


def _digests(cpts_id: uuid.UUID, known: Iterable[Words]) -> set[str]:
    key = f"opposition:{current_app.config['SECRET_KEY']}".encode()
    return {hmac.digest(key, "\n".join((str(cpts_id), *words)).encode(), "sha256").hex() for words in known}
