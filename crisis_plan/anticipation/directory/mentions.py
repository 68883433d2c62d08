"""What speaks of a contact without pointing at it: lines of files, mail, history, published versions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from itertools import permutations
from typing import Any

import sqlalchemy as sa

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import published
from crisis_plan.anticipation.directory.identifiers import rpps
from crisis_plan.anticipation.directory.models import Contact, ContactEmail
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.history import HistoryEvent, Verb
from crisis_plan.imports.forgetting import IsAbout, Mention, forget_person, mentions
from crisis_plan.imports.rules import ImportLine
from crisis_plan.outbox import OutboxMessage
from crisis_plan.outbox_erasure import forget_addresses

SUBJECT = "contact"


def import_lines(contact: Contact) -> list[Mention]:
    """The lines of imported files that name this contact, as long as reports keep them."""
    return mentions(contact.cpts_id, about(contact))


def forget_import_lines(contact: Contact) -> None:
    """Take out of the reports of imports what they say of this contact."""
    forget_person(contact.cpts_id, about(contact))


def events(contact: Contact) -> Sequence[HistoryEvent]:
    """What was done to this line of the directory, and to those that it absorbed, the oldest first."""
    about_it = (HistoryEvent.cpts_id == contact.cpts_id, HistoryEvent.subject == SUBJECT)
    lines = {str(contact.id)} | _absorbed(contact)
    found = sa.select(HistoryEvent).where(*about_it, HistoryEvent.subject_id.in_(lines))
    return db.session.scalars(found.order_by(HistoryEvent.at, HistoryEvent.id)).all()


def _absorbed(contact: Contact) -> set[str]:
    """The lines merged into this one, and those merged into them: the event of each names the line that was kept."""
    merges = db.session.execute(
        sa.select(HistoryEvent.subject_id, HistoryEvent.fields).where(
            HistoryEvent.cpts_id == contact.cpts_id,
            HistoryEvent.subject == SUBJECT,
            HistoryEvent.verb == Verb.MERGED,
        )
    ).all()
    found: set[str] = set()
    wanted = {str(contact.id)}
    while wanted:
        wanted = {line for line, fields in merges if not wanted.isdisjoint(fields)} - found
        found |= wanted
    return found


def mail(contact: Contact) -> Sequence[OutboxMessage]:
    """What this CPTS wrote to the contact's addresses, the oldest first."""
    addresses = [email.address for email in contact.emails]
    found = sa.select(OutboxMessage).where(
        OutboxMessage.cpts_id == contact.cpts_id, sa.func.lower(OutboxMessage.recipient).in_(addresses)
    )
    return db.session.scalars(found.order_by(OutboxMessage.created_at, OutboxMessage.id)).all()


def versions(contact: Contact) -> Sequence[date]:
    """The dates of the versions of the plan published since this contact is in the directory: they may name it."""
    return published.published_since(contact.cpts_id, contact.created_at)


def forget_mail(contact: Contact) -> None:
    """Take this contact out of the mail; an address that somebody else bears too still says whom it was written to."""
    addresses = {email.address.lower() for email in contact.emails}
    if addresses:
        forget_addresses(contact.cpts_id, addresses - _borne_by_others(contact, addresses))


def _borne_by_others(contact: Contact, addresses: Collection[str]) -> set[str]:
    address = sa.func.lower(ContactEmail.address)
    contacts = sa.select(address).join(Contact, Contact.id == ContactEmail.contact_id)
    of_others = (Contact.cpts_id == contact.cpts_id, Contact.id != contact.id, address.in_(addresses))
    accounts = sa.select(Account.email).where(Account.email.in_(addresses))
    return set(db.session.scalars(sa.union(contacts.where(*of_others), accounts)))


def about(contact: Contact) -> IsAbout:
    """Whether a line speaks of this contact: its national identifier, its whole name, or its private coordinates."""
    number, numbers = contact.national_id, {contact.national_id, rpps(contact.national_id)} - {None, ""}
    words = {folded(contact.family_name), folded(contact.given_name)} - {""}
    whole = {" ".join(order) for order in permutations(words)}
    own = {phone.number[-9:] for phone in contact.phones if phone.is_private}
    own |= {email.address for email in contact.emails if email.is_private}

    def is_about(line: ImportLine) -> bool:
        if number and (other := line.values.get("national_id")):
            return bool(other == number)
        said = [*line.raw, line.label, *_saved(line.values)]
        cells = {folded(cell) for cell in (said if len(words) > 1 else [line.label])}
        if not whole.isdisjoint(cells) or words <= cells:
            return True
        return not numbers.isdisjoint(map(_digits, said)) or not own.isdisjoint(map(_reached, said))

    return is_about


def _saved(values: dict[str, Any]) -> list[str]:
    """What a line would save of names and coordinates."""
    reaching = [
        one.get("number") or one.get("address") for name in ("phones", "emails") for one in values.get(name, ())
    ]
    return [values.get("family_name", ""), values.get("given_name", ""), *filter(None, reaching)]


def _digits(cell: str) -> str:
    return "".join(cell.split())


def _reached(cell: str) -> str:
    """An e-mail address as it is stored, or the last digits of a telephone, however it was written."""
    return cell.strip().lower() if "@" in cell else re.sub(r"[^0-9]", "", cell)[-9:]
