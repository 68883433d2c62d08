"""Choosing a contact in a form: typed words are looked for, at most ten answers are proposed, one is kept by its id.

In a form of any feature: make it a `contact_field.ChoosingForm` with a `ContactField`, give it
`chooser(cpts, people_only=…)` from the route, and draw it with the macro `contact_field` of
`templates/anticipation/directory/choose_field.html`. What is accepted is `field.contact_id`, which
`queries.contact_or_404` finds; what is shown is `field.chosen`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from crisis_plan.anticipation.directory import queries
from crisis_plan.anticipation.directory.models import Contact, ContactPlace
from crisis_plan.anticipation.directory.queries import Filters
from crisis_plan.anticipation.directory.rules import ContactKind
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

MOST_PROPOSED = 10
LONGEST_WORDS = 200

SAID = (
    *(Contact.is_service, Contact.family_name, Contact.given_name),
    *(Contact.profession, Contact.category, Contact.speciality, Contact.function),
)
"""What `Contact.name` and `Contact.what` are made of."""


@dataclass(frozen=True)
class Choice:
    """A contact as one chooses it: « Mairie d’Uzès – Mairie, Uzès »."""

    id: str
    name: str
    details: str

    @property
    def label(self) -> str:
        return f"{self.name} – {self.details}" if self.details else self.name


@dataclass(frozen=True)
class Proposed:
    """The first contacts that answer to the words, and whether there are more."""

    choices: Sequence[Choice] = ()
    has_more: bool = False


NOTHING = Proposed()


@dataclass(frozen=True)
class Chooser:
    """Who may be chosen: anyone of this directory, or people only, but for the contact that keeps its place."""

    cpts: Cpts
    people_only: bool = False
    keeping: UUID | None = None

    def named(self, contact_id: str) -> Choice | None:
        """The contact with this id, as typed in a form; none when it may not be chosen."""
        try:
            wanted = UUID(contact_id)
        except ValueError:
            return None
        row = db.session.execute(self._people().where(Contact.id == wanted, Contact.cpts_id == self.cpts.id)).first()
        return _choice(row[0], row[1]) if row else None

    def proposed(self, words: str) -> Proposed:
        """The contacts that answer to all these words: adherents first, then other people, then services."""
        if not words:
            return NOTHING
        answering = queries.filtered(self.cpts, Filters(q=words)).with_only_columns(Contact.id).order_by(None)
        rank = sa.case((Contact.is_service, 2), (Contact.kind == ContactKind.ADHERENT, 0), else_=1)
        query = self._people().where(Contact.id.in_(answering)).order_by(rank, Contact.sort_name, Contact.id)
        rows = db.session.execute(query.limit(MOST_PROPOSED + 1)).all()
        return Proposed([_choice(one, where) for one, where in rows[:MOST_PROPOSED]], len(rows) > MOST_PROPOSED)

    def _people(self) -> sa.Select[Any]:
        """Contacts with the commune of their first place."""
        commune = (
            sa.select(ContactPlace.commune)
            .where(ContactPlace.contact_id == Contact.id)
            .order_by(ContactPlace.position)
            .limit(1)
            .scalar_subquery()
        )
        query = sa.select(Contact, commune).options(load_only(*SAID))
        if self.people_only:
            query = query.where(sa.or_(Contact.is_service.is_(False), Contact.id == self.keeping))
        return query


def chooser(cpts: Cpts, *, people_only: bool = False, keeping: UUID | None = None) -> Chooser:
    """Who may be chosen in a form of this CPTS; `keeping`: a service chosen before people only could be."""
    return Chooser(cpts, people_only, keeping)


def cleaned(words: str) -> str:
    """What was typed in the search box, as it is looked for and shown again."""
    return " ".join(words.replace("\x00", "").split())[:LONGEST_WORDS]


def _choice(contact: Contact, commune: str | None) -> Choice:
    details = ", ".join(part for part in (contact.what, commune) if part)
    return Choice(str(contact.id), contact.name, details)
