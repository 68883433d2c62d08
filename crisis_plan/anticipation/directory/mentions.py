"""What speaks of a contact without pointing at it: lines of files, mail, history, published versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import Any

import sqlalchemy as sa

from crisis_plan.anticipation.directory.identifiers import rpps
from crisis_plan.anticipation.directory.models import Contact
from crisis_plan.db import Base, db
from crisis_plan.folding import folded
from crisis_plan.history import HistoryEvent
from crisis_plan.imports.forgetting import IsAbout, Mention, forget_person, mentions
from crisis_plan.imports.rules import ImportLine
from crisis_plan.outbox import OutboxMessage

SUBJECT = "contact"


def import_lines(contact: Contact) -> list[Mention]:
    """The lines of imported files that name this contact, as long as reports keep them."""
    return mentions(contact.cpts_id, about(contact))


def forget_import_lines(contact: Contact) -> None:
    """Take out of the reports of imports what they say of this contact."""
    forget_person(contact.cpts_id, about(contact))


def events(contact: Contact) -> Sequence[HistoryEvent]:
    """What was done to this line of the directory, the oldest first."""
    about_it = (HistoryEvent.cpts_id == contact.cpts_id, HistoryEvent.subject == SUBJECT)
    found = sa.select(HistoryEvent).where(*about_it, HistoryEvent.subject_id == str(contact.id))
    return db.session.scalars(found.order_by(HistoryEvent.at, HistoryEvent.id)).all()


def mail(contact: Contact) -> Sequence[OutboxMessage]:
    """What this CPTS wrote to the contact's addresses, the oldest first."""
    addresses = [email.address for email in contact.emails]
    found = sa.select(OutboxMessage).where(
        OutboxMessage.cpts_id == contact.cpts_id, sa.func.lower(OutboxMessage.recipient).in_(addresses)
    )
    return db.session.scalars(found.order_by(OutboxMessage.created_at, OutboxMessage.id)).all()


def versions(contact: Contact) -> Sequence[date]:
    """The dates of the versions of the plan published since this contact is in the directory: they may name it."""
    publications = Base.metadata.tables["publications"].c
    since = (publications.cpts_id == contact.cpts_id, publications.published_at >= contact.created_at)
    return db.session.scalars(sa.select(publications.dated_on).where(*since).order_by(publications.published_at)).all()


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
