"""A message leaves, or somebody says that it left: either is an entry of the logbook."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import outbox
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.errors import RuleBroken
from crisis_plan.outbox import Mail
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.messages import queries
from crisis_plan.pilotage.messages.models import CrisisMessage, MessageChannel, MessageRecipient
from crisis_plan.pilotage.messages.rules import each_once, prefixed
from crisis_plan.web.formats import counted

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.pilotage.logbook.models import LogbookEntry


class NoMailServer(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Ce service n’envoie pas encore de courriels\u00a0: copiez le texte dans votre messagerie, puis consignez l’envoi."


class NobodyToWriteTo(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Personne n’a de courriel dans ce choix\u00a0: appelez, ou choisissez un autre public."


@dataclass(frozen=True)
class Outgoing:
    """A message ready to leave. `audience`: to whom, in words; `contacts`: who they are, where the directory says it."""

    channel: MessageChannel
    audience: str
    text: str
    subject: str = ""
    contacts: Sequence[Contact] = ()
    model_title: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it goes by e-mail: an address that two share is written to once."""
        return each_once(_address(contact) for contact in self.contacts)


def send(
    crisis: Crisis, outgoing: Outgoing, *, key: uuid.UUID | None = None, by: Account, at: datetime
) -> CrisisMessage:
    """Send by e-mail, or note what was sent by hand; an exercise says so in each subject and text.

    The same key again returns the first message. Raises `CrisisClosed`, `SentAlready`; by e-mail `NoMailServer`, `NobodyToWriteTo`.
    """
    hold_open(crisis)
    is_email = outgoing.channel is MessageChannel.EMAIL
    if is_email and not outbox.keeps_mail():
        raise NoMailServer
    if is_email and not outgoing.addresses:
        raise NobodyToWriteTo
    prefix = crisis.mode.prefix
    text = prefixed(prefix, outgoing.text)
    subject = prefixed(prefix, outgoing.subject) if outgoing.subject else ""
    first = queries.of_key(crisis, key)
    number = first.number if first else queries.next_number(crisis)
    entry = append_entry(crisis, _entry(number, outgoing, subject, text, key), by=by, at=at)
    if first:
        return first
    message = _kept(crisis, outgoing, number, subject, text, entry, by=by, at=at)
    posted = _posted(crisis, outgoing, subject, text, at=at) if is_email else {}
    message.recipients = [
        _recipient(position, contact, is_email, posted) for position, contact in enumerate(outgoing.contacts, start=1)
    ]
    db.session.flush()
    return message


def _kept(
    crisis: Crisis,
    outgoing: Outgoing,
    number: int,
    subject: str,
    text: str,
    entry: LogbookEntry,
    *,
    by: Account,
    at: datetime,
) -> CrisisMessage:
    message = CrisisMessage(
        crisis_id=crisis.id,
        number=number,
        channel=outgoing.channel,
        model_title=outgoing.model_title,
        audience=outgoing.audience,
        subject=subject,
        text=text,
        entry_id=entry.id,
        sent_at=at,
        sent_by_id=by.id,
        sent_by_name=by.name,
    )
    db.session.add(message)
    db.session.flush()
    return message


def _posted(crisis: Crisis, outgoing: Outgoing, subject: str, text: str, *, at: datetime) -> dict[str, uuid.UUID]:
    """By address in lower case, the copy that leaves for it."""
    mails = [Mail(address, subject, text) for address in outgoing.addresses]
    ids = outbox.post_many(mails, at=at, cpts_id=crisis.cpts_id)
    return {mail.to.lower(): one for mail, one in zip(mails, ids, strict=True)}


def _recipient(position: int, contact: Contact, is_email: bool, posted: dict[str, uuid.UUID]) -> MessageRecipient:
    address = _address(contact) if is_email else ""
    return MessageRecipient(
        position=position,
        contact_id=contact.id,
        name=contact.name,
        what=contact.what,
        address=address,
        outbox_id=posted.get(address.lower()),
    )


def _entry(number: int, outgoing: Outgoing, subject: str, text: str, key: uuid.UUID | None) -> Written:
    """What the logbook says of it: by what, to whom and how many, the subject, the whole text: it is the proof."""
    without = sum(not _address(contact) for contact in outgoing.contacts)
    lines = [f"Message n°\u00a0{number}, {outgoing.channel.label.lower()}, à\u00a0: {_to_whom(outgoing)}."]
    if outgoing.channel is MessageChannel.EMAIL and without:
        lines.append(f"{counted(without, 'personne')} sans courriel, à appeler.")
    lines += [f"Objet\u00a0: {subject}"] if subject else []
    return Written(
        EntryKind.MESSAGE,
        "\n".join([*lines, text]),
        recipient=_to_whom(outgoing),
        channel=outgoing.channel.label,
        client_key=key,
    )


def _to_whom(outgoing: Outgoing) -> str:
    count = len(outgoing.contacts)
    return f"{outgoing.audience}, {counted(count, 'personne')}" if count else outgoing.audience


def _address(contact: Contact) -> str:
    return contact.emails[0].address if contact.emails else ""
