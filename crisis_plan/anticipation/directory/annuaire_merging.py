"""The people of an extraction beside those of the directory: who is new, who changes, who is gone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import bulk, oppositions, queries
from crisis_plan.anticipation.directory.annuaire_people import is_of
from crisis_plan.anticipation.directory.comparing import TEXTS, Comparison, compare, official_of
from crisis_plan.anticipation.directory.completing import as_draft
from crisis_plan.anticipation.directory.drafts import ContactDraft, search_text
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import likenesses
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

SOURCE = "Annuaire Santé"
PARTS = {"places": ContactPlace, "phones": ContactPhone, "emails": ContactEmail}


@dataclass(frozen=True)
class Known:
    """Someone of the directory, what the extraction says of them, and what becomes of them."""

    contact: Contact
    was: ContactDraft
    said: ContactDraft
    comparison: Comparison

    def key(self, difference: str) -> str:
        """How a difference of this contact is ticked."""
        return f"{self.contact.id}/{difference}"

    def becomes(self, ticked: Collection[str]) -> ContactDraft:
        mine = {one.key for one in self.comparison.differences if self.key(one.key) in ticked}
        return self.comparison.taken(mine)

    def changed(self, ticked: Collection[str] = ()) -> list[str]:
        """The fields that change, by the names that the history gives them."""
        after = self.becomes(ticked)
        return [name for name in (*TEXTS, "national_id", *PARTS) if getattr(self.was, name) != getattr(after, name)]


@dataclass(frozen=True)
class Plan:
    """What an extraction would do to the directory."""

    new: list[ContactDraft]
    known: list[Known]
    opposed: list[ContactDraft]


@dataclass(frozen=True)
class Merged:
    """What an extraction brought: new contacts, known ones that it completed or updated, known ones as they were."""

    added: int
    completed: int
    unchanged: int
    differences: int = 0
    """What people wrote otherwise, left as it was."""

    @property
    def already_there(self) -> int:
        return self.completed + self.unchanged


def plan(cpts: Cpts, people: Iterable[ContactDraft], communes: Collection[str] | None = None) -> Plan:
    """Compare with who is known by national identifier, or by name, commune and profession. Writes nothing."""
    drafts = list(people)
    if communes is None:
        communes = {place.commune_code for draft in drafts for place in draft.places}
    known = queries.known_people(cpts, {draft.national_id for draft in drafts if draft.national_id})
    unnamed, opposed = _by_likeness(queries.people_without_id(cpts)), oppositions.opposed(cpts)
    found = Plan([], [], [])
    met: set[uuid.UUID] = set()
    for draft in drafts:
        contact = known.get(draft.national_id or "") or _same_person(draft, unnamed, met)
        if contact:
            met.add(contact.id)
            was = as_draft(contact)
            found.known.append(Known(contact, was, draft, compare(was, contact.official, draft, communes)))
        elif opposed.refuses(draft):
            found.opposed.append(draft)
        else:
            found.new.append(draft)
    return found


def carry_out(
    cpts: Cpts, found: Plan, *, ticked: Collection[str] = (), by: Account | None = None, at: datetime
) -> Merged:
    """Add who is new, follow the extraction where nobody corrected it, take the differences that were ticked."""
    today = clock.local(at, cpts).date()
    completed = left = 0
    for one in found.known:
        if fields := one.changed(ticked):
            _write(one.contact, one.becomes(ticked), fields, at)
            history.record(
                history.Verb.CHANGED, "contact", one.contact.id, cpts_id=cpts.id, by=by, at=at, fields=fields
            )
            completed += 1
        left += sum(one.key(difference.key) not in ticked for difference in one.comparison.differences)
        one.contact.official, one.contact.official_on = official_of(one.said), today
    db.session.flush()
    bulk.insert(cpts, found.new, at=at, source=SOURCE, official_on=today)
    return Merged(len(found.new), completed, len(found.known) - completed, left)


def gone(
    cpts: Cpts, national_ids: Collection[str], *, communes: Collection[str], professions: Collection[str] | None
) -> Sequence[Contact]:
    """Contacts that came from an extraction, of these communes and professions, and that this one no longer names."""
    query = (
        sa.select(Contact)
        .where(Contact.cpts_id == cpts.id, Contact.national_id.is_not(None))
        .where(sa.or_(Contact.official_on.is_not(None), Contact.source == SOURCE))
        .where(Contact.places.any(ContactPlace.commune_code.in_(communes)))
        .order_by(Contact.sort_name, Contact.id)
    )
    return [
        one
        for one in db.session.scalars(query)
        if one.national_id not in national_ids and (professions is None or is_of(one.profession, professions))
    ]


def _by_likeness(contacts: Iterable[Contact]) -> dict[tuple[str, str], list[Contact]]:
    found: dict[tuple[str, str], list[Contact]] = {}
    for contact in contacts:
        for likeness in likenesses(contact.sort_name, (place.commune for place in contact.places)):
            found.setdefault(likeness, []).append(contact)
    return found


def _same_person(
    draft: ContactDraft, unnamed: dict[tuple[str, str], list[Contact]], met: Collection[uuid.UUID]
) -> Contact | None:
    """The one contact without identifier of the same name, commune and profession; two would be a guess."""
    alike = {
        contact.id: contact
        for likeness in draft.likenesses
        for contact in unnamed.get(likeness, ())
        if contact.id not in met and folded(contact.profession) in ("", folded(draft.profession))
    }
    return next(iter(alike.values())) if len(alike) == 1 else None


def _write(contact: Contact, draft: ContactDraft, fields: Collection[str], at: datetime) -> None:
    for name in fields:
        if model := PARTS.get(name):
            parts = enumerate(getattr(draft, name))
            setattr(contact, name, [model(position=rank, **vars(part)) for rank, part in parts])
        else:
            setattr(contact, name, getattr(draft, name))
    contact.sort_name, contact.search_text = draft.sort_name[:330], search_text(draft, draft.places)
    contact.updated_at = at
    contact.version += 1
