"""Many contacts at once: a few statements for hundreds of rows, and merging with who is already there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from crisis_plan.anticipation.directory import queries
from crisis_plan.anticipation.directory.drafts import ContactDraft, scalars, search_text
from crisis_plan.anticipation.directory.models import Contact, ContactEmail, ContactPhone, ContactPlace
from crisis_plan.anticipation.directory.rules import likenesses
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts

Rows = dict[type[Any], list[dict[str, Any]]]
"""Rows by table, as an insert takes them."""


@dataclass(frozen=True)
class Merged:
    """What an extraction brought: new contacts, known ones that it completed, known ones as they were."""

    added: int
    completed: int
    unchanged: int

    @property
    def already_there(self) -> int:
        return self.completed + self.unchanged


def insert(cpts: Cpts, drafts: Sequence[ContactDraft], *, at: datetime, source: str) -> None:
    """Add these contacts as new ones."""
    write(rows_of(cpts, drafts, at=at, source=source))


def rows_of(cpts: Cpts, drafts: Iterable[ContactDraft], *, at: datetime, source: str) -> Rows:
    """These contacts as rows to write, contacts before what belongs to them."""
    rows: Rows = {Contact: [], ContactPlace: [], ContactPhone: [], ContactEmail: []}
    for draft in drafts:
        contact_id = uuid.uuid4()
        rows[Contact].append(_row(cpts, contact_id, draft, at, source))
        for model, parts in ((ContactPlace, draft.places), (ContactPhone, draft.phones), (ContactEmail, draft.emails)):
            rows[model] += [
                {"id": uuid.uuid4(), "contact_id": contact_id, "position": rank, **vars(part)}
                for rank, part in enumerate(parts)
            ]
    return rows


def write(rows: Rows) -> None:
    """Insert new rows."""
    for model, found in rows.items():
        if found:
            db.session.execute(sa.insert(model.__table__), found)


def merge(cpts: Cpts, people: Iterable[ContactDraft], *, at: datetime, source: str) -> Merged:
    """Add who is new; complete who is known by national identifier, or by name, commune and profession."""
    drafts = list(people)
    known = queries.known_people(cpts, {draft.national_id for draft in drafts if draft.national_id})
    unnamed = _by_likeness(queries.people_without_id(cpts))
    new: list[ContactDraft] = []
    completed = unchanged = 0
    for draft in drafts:
        contact = known.get(draft.national_id or "") or _same_person(draft, unnamed)
        if contact is None:
            new.append(draft)
        elif _complete(contact, draft, at):
            completed += 1
        else:
            unchanged += 1
    db.session.flush()
    insert(cpts, new, at=at, source=source)
    return Merged(len(new), completed, unchanged)


def _row(cpts: Cpts, contact_id: uuid.UUID, draft: ContactDraft, at: datetime, source: str) -> dict[str, Any]:
    return {
        "id": contact_id,
        "cpts_id": cpts.id,
        **scalars(draft),
        "source": source,
        "sort_name": draft.sort_name[:330],
        "search_text": draft.search_text,
        "version": 1,
        "created_at": at,
        "updated_at": at,
    }


def _by_likeness(contacts: Iterable[Contact]) -> dict[tuple[str, str], list[Contact]]:
    found: dict[tuple[str, str], list[Contact]] = {}
    for contact in contacts:
        for likeness in likenesses(contact.sort_name, (place.commune for place in contact.places)):
            found.setdefault(likeness, []).append(contact)
    return found


def _same_person(draft: ContactDraft, unnamed: dict[tuple[str, str], list[Contact]]) -> Contact | None:
    """The one contact without identifier of the same name, commune and profession; two would be a guess."""
    alike = {
        contact.id: contact
        for likeness in draft.likenesses
        for contact in unnamed.get(likeness, ())
        if contact.national_id is None and folded(contact.profession) in ("", folded(draft.profession))
    }
    return next(iter(alike.values())) if len(alike) == 1 else None


def _complete(contact: Contact, draft: ContactDraft, at: datetime) -> bool:
    """Add places, telephones and e-mails that the contact lacks; nothing typed by hand is overwritten."""
    places = {(folded(place.structure), folded(place.commune)) for place in contact.places}
    numbers = {phone.number for phone in contact.phones}
    addresses = {email.address for email in contact.emails}
    new_places = [p for p in draft.places if (folded(p.structure), folded(p.commune)) not in places]
    new_phones = [phone for phone in draft.phones if phone.number not in numbers]
    new_emails = [email for email in draft.emails if email.address not in addresses]
    if contact.national_id and not (new_places or new_phones or new_emails):
        return False
    contact.places += [ContactPlace(position=len(contact.places) + n, **vars(one)) for n, one in enumerate(new_places)]
    contact.phones += [ContactPhone(position=len(contact.phones) + n, **vars(one)) for n, one in enumerate(new_phones)]
    contact.emails += [ContactEmail(position=len(contact.emails) + n, **vars(one)) for n, one in enumerate(new_emails)]
    contact.national_id = contact.national_id or draft.national_id
    contact.search_text = search_text(contact, contact.places)
    contact.updated_at = at
    contact.version += 1
    return True
