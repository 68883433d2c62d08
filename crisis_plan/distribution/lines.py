"""One recipient as the register reads them: from what was given, or from the directory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan import outbox
from crisis_plan.distribution.listing import Line
from crisis_plan.distribution.proofs import Trace, mail_state, stale_before, trace
from crisis_plan.distribution.rules import EventKind, group_of

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.distribution.models import Delivery
    from crisis_plan.publication.models import Publication


def line_for(delivery: Delivery, contact: Contact | None, now: datetime) -> Line:
    """Whom it was given to, with its proofs; `contact`: as the directory knows them today."""
    said = (delivery.group, delivery.name, delivery.organisation, delivery.edition)
    return Line(*said, contact=contact, delivery=delivery, trace=proofs(delivery, now))


def contact_to_give(contact: Contact) -> Iterator[Line]:
    """A contact who has not been given the version; nobody when they are no recipient."""
    if group := group_of(contact.kind, contact.category):
        yield Line(group, contact.name, organisation_of(contact), group.edition, contact)


def proofs(delivery: Delivery, now: datetime) -> Trace:
    """What the proofs of this delivery amount to."""
    since = stale_before(now, sends_mail=outbox.sends_mail(), too_old_after=outbox.TOO_OLD_AFTER)
    was_written = any(one.kind in (EventKind.SENT, EventKind.REMINDED) for one in delivery.events)
    mail = mail_state(delivery.message, was_written=was_written, stale_before=since)
    left_at = delivery.left_at or (delivery.message.sent_at if delivery.message else None)
    return trace(delivery.events, mail, left_at=left_at, revoked_at=delivery.revoked_at)


@dataclass(frozen=True)
class Opening:
    """A version opened by the personal link of another one."""

    at: datetime
    link_of: str
    """« version 1 »."""


def openings_of(publication: Publication, others: Iterable[Delivery]) -> dict[UUID, Opening]:
    """By contact, the first time that one of these links, each of another version, opened this one."""
    opened = [
        (event.happened_at, one)
        for one in others
        for event in one.events
        if event.kind is EventKind.OPENED and event.publication_id == publication.id
    ]
    opened.sort(key=lambda pair: pair[0], reverse=True)
    return {one.contact_id: Opening(at, f"version {one.publication.number}") for at, one in opened if one.contact_id}


def opened_too(line: Line, openings: Mapping[UUID, Opening]) -> Line:
    """Opened is opened, by whichever link: the first time counts, and the line says which link it was."""
    contact = line.delivery.contact_id if line.delivery else line.contact and line.contact.id
    found = openings.get(contact) if contact else None
    if found is None or (line.trace.opened_at and line.trace.opened_at <= found.at):
        return line
    return replace(line, trace=replace(line.trace, opened_at=found.at), opened_by_link_of=found.link_of)


def organisation_of(contact: Contact) -> str:
    """What a service is, or where a person works."""
    return (contact.what if contact.is_service else next((one.structure for one in contact.places), ""))[:200]
