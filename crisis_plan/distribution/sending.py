"""Sending a version by e-mail: one personal link each, all or none; reminding, sending again, withdrawing a link."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from crisis_plan import history, outbox
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.distribution import mails, queries
from crisis_plan.distribution.listing import Line
from crisis_plan.distribution.models import Delivery, DeliveryEvent
from crisis_plan.distribution.proofs import MailState
from crisis_plan.distribution.refusals import (
    DirectoryChanged,
    NoAddress,
    NobodyToGive,
    NobodyToRemind,
    NoMail,
    NotARecipient,
    NotInForce,
)
from crisis_plan.distribution.rules import AFTER_A_FAILURE, Channel, EventKind, gives_more
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publications
from crisis_plan.publication.models import Publication

SUBJECT = "plan_delivery"


@dataclass(frozen=True)
class Recipients:
    """To whom a version is to be sent: these contacts, some of them in the restricted edition."""

    contact_ids: Collection[uuid.UUID]
    restricted: Collection[uuid.UUID] = ()


def send(cpts: Cpts, publication: Publication, to: Recipients, *, by: Account, at: datetime) -> Sequence[Delivery]:
    """One link each, by e-mail; who has it already, or has no e-mail, is passed over. Sent twice at once, it leaves once.

    Raises `NoMail`, `NotInForce`, `NobodyToGive`, `DirectoryChanged`.
    """
    if not outbox.keeps_mail():
        raise NoMail
    hold(publication)
    _refuse_when_replaced(cpts, publication)
    found = queries.whole_register(cpts, publication, at).lines
    asked = [one for one in found if one.contact and one.contact.id in to.contact_ids]
    made = [_to_write(publication, one, to, by=by, at=at) for one in asked if one.is_to_give and one.email]
    if not made:
        raise NobodyToGive
    _write(mails.words(cpts, publication, by), made, EventKind.SENT, by=by, at=at)
    keep(made)
    _record(history.Verb.CREATED, publication, by=by, at=at)
    return made


def remind(cpts: Cpts, publication: Publication, *, by: Account, at: datetime) -> int:
    """Write again to who has not opened, at the e-mail of today, a week after the last message; returns how many.

    Raises `NoMail`, `NotInForce`, `NobodyToRemind`.
    """
    if not outbox.keeps_mail():
        raise NoMail
    hold(publication)
    _refuse_when_replaced(cpts, publication)
    silent = queries.held_register(cpts, publication, at).to_remind(at)
    if not silent:
        raise NobodyToRemind
    written = mails.words(cpts, publication, by, template=mails.REMINDER)
    _write_again(written, silent, EventKind.REMINDED, by=by, at=at)
    _record(history.Verb.CHANGED, publication, by=by, at=at, fields=["reminded_at"])
    return len(silent)


def send_again(cpts: Cpts, delivery: Delivery, *, by: Account, at: datetime) -> None:
    """One more message to one recipient; a withdrawn link works again.

    In the edition that their group of today reads, unless marked by hand. Raises `NoMail`, `NoAddress`, `NotARecipient`.
    """
    if not outbox.keeps_mail():
        raise NoMail
    hold(delivery)
    line = queries.line_of(cpts, delivery, at)
    if not line.email:
        raise NoAddress
    if line.edition_today is None:
        raise NotARecipient
    delivery.revoked_at = None
    _write_again(mails.words(cpts, delivery.publication, by), [line], EventKind.SENT, by=by, at=at)
    history.record(history.Verb.CHANGED, SUBJECT, delivery.id, cpts_id=cpts.id, by=by, at=at, fields=["message_id"])


def revoke(delivery: Delivery, *, by: Account, at: datetime) -> None:
    """The personal link stops answering; what happened before stays. Withdrawn twice, it is withdrawn once."""
    hold(delivery)
    if delivery.revoked_at:
        return
    delivery.revoked_at = at
    delivery.version += 1
    db.session.add(event(delivery, EventKind.REVOKED, by=by, at=at))
    history.record(history.Verb.REVOKED, SUBJECT, delivery.id, cpts_id=delivery.cpts_id, by=by, at=at)
    db.session.flush()


def new_delivery(
    publication: Publication, line: Line, chosen: Edition | None, *, by: Account, at: datetime
) -> Delivery:
    """The version for one recipient of the directory, in the edition of their group, or as the CPTS chose for them."""
    edition = chosen or line.group.edition
    return Delivery(
        id=uuid.uuid4(),
        cpts_id=publication.cpts_id,
        publication_id=publication.id,
        contact_id=line.contact.id if line.contact else None,
        group=line.group,
        name=line.name,
        organisation=line.organisation,
        email=line.email,
        edition=edition,
        is_marked=gives_more(edition, line.group),
        created_at=at,
        created_by_id=by.id,
        created_by_name=by.name,
        version=1,
        events=[],
    )


def event(delivery: Delivery, kind: EventKind, *, by: Account, at: datetime) -> DeliveryEvent:
    """One more proof, done by someone of the CPTS."""
    made = DeliveryEvent(delivery_id=delivery.id, kind=kind, happened_at=at, by_name=by.name, note="")
    if kind in (EventKind.SENT, EventKind.REMINDED):
        made.channel, made.edition = Channel.EMAIL, delivery.edition
    return made


def keep(deliveries: Sequence[Delivery]) -> None:
    """Write new recipients at once. Raises `DirectoryChanged` when one of them left the directory meanwhile."""
    try:
        with db.session.begin_nested():
            db.session.add_all(deliveries)
            db.session.flush()
    except IntegrityError:
        raise DirectoryChanged from None


def _to_write(publication: Publication, line: Line, to: Recipients, *, by: Account, at: datetime) -> Delivery:
    """The row of who is written to for the first time; one whose only handing was withdrawn has it already."""
    is_chosen = line.contact is not None and line.contact.id in to.restricted
    chosen = Edition.RESTRICTED if is_chosen else None
    if line.delivery is None:
        return new_delivery(publication, line, chosen, by=by, at=at)
    group = line.group_today or line.group
    line.delivery.email, line.delivery.edition = line.email, chosen or line.edition_today or group.edition
    line.delivery.is_marked = gives_more(line.delivery.edition, group)
    line.delivery.version += 1
    return line.delivery


def _write(written: mails.Words, deliveries: Sequence[Delivery], kind: EventKind, *, by: Account, at: datetime) -> None:
    letters = [mails.Letter(one.id, one.name, one.email, one.edition) for one in deliveries]
    for delivery, message_id in zip(deliveries, mails.post(written, letters, at=at), strict=True):
        delivery.message_id = message_id
        delivery.events.append(event(delivery, kind, by=by, at=at))


def _write_again(written: mails.Words, lines: Sequence[Line], kind: EventKind, *, by: Account, at: datetime) -> None:
    """At the e-mail of today; that an earlier message left stays known."""
    deliveries = [one.delivery for one in lines if one.delivery]
    failed = {one.delivery.id for one in lines if one.delivery and one.trace.mail is MailState.LOST}
    for line, delivery in zip(lines, deliveries, strict=True):
        delivery.left_at, delivery.email = line.trace.left_at, line.email
        delivery.edition = line.edition_today or delivery.edition
        delivery.version += 1
    _write(written, deliveries, kind, by=by, at=at)
    for again in (one.events[-1] for one in deliveries if one.id in failed):
        again.note = AFTER_A_FAILURE
    db.session.flush()


def _refuse_when_replaced(cpts: Cpts, publication: Publication) -> None:
    current = publications.current(cpts)
    if current is None or current.id != publication.id:
        raise NotInForce


def _record(
    verb: history.Verb, publication: Publication, *, by: Account, at: datetime, fields: Sequence[str] = ()
) -> None:
    history.record(verb, SUBJECT, publication.id, cpts_id=publication.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
