"""Writing down that a version was handed over: on paper, in a meeting, with the sheet that proves it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.distribution import queries
from crisis_plan.distribution.models import Delivery, DeliveryDocument, DeliveryEvent
from crisis_plan.distribution.proofs import handings
from crisis_plan.distribution.rules import Channel, EventKind
from crisis_plan.distribution.sending import SUBJECT, event, keep, new_delivery
from crisis_plan.document.blocks import Edition
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from crisis_plan.web.attachments import Attachment


class NobodyHanded(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cochez au moins une personne à qui cette version a été remise."


class NotThatDay(RuleBroken):
    status = 422


@dataclass(frozen=True)
class Handing:
    """One occasion on which copies were handed over."""

    contact_ids: Collection[uuid.UUID]
    channel: Channel
    on: date
    note: str = ""
    proof: DeliveryDocument | Attachment | None = None
    """A sheet that is here already, or a new one; one for many recipients."""
    edition: Edition | None = None
    """Of the copies; none: each in the edition of their group."""


def hand_over(
    cpts: Cpts, publication: Publication, handing: Handing, *, by: Account, at: datetime
) -> Sequence[Delivery]:
    """Record it for each recipient; who was sent a link keeps it. Raises `NobodyHanded`, `NotThatDay`."""
    refuse_day(publication, handing.on, clock.local(at, cpts).date())
    hold(publication)
    lines = queries.recipients(cpts, publication, handing.contact_ids, at)
    if not lines:
        raise NobodyHanded
    given = [one.delivery or new_delivery(publication, one, handing.edition, by=by, at=at) for one in lines]
    keep([delivery for line, delivery in zip(lines, given, strict=True) if not line.delivery])
    document_id = _kept(cpts, handing.proof, by=by, at=at)
    for line, delivery in zip(lines, given, strict=True):
        proof = event(delivery, EventKind.HANDED, by=by, at=at)
        proof.channel, proof.handed_on, proof.note = handing.channel, handing.on, handing.note
        proof.document_id = document_id
        proof.edition = handing.edition or line.edition_today or delivery.group.edition
        delivery.events.append(proof)
    history.record(history.Verb.CHANGED, SUBJECT, publication.id, cpts_id=cpts.id, by=by, at=at, fields=["handed_on"])
    db.session.flush()
    return given


def withdraw(delivery: Delivery, handed: DeliveryEvent, reason: str, *, by: Account, at: datetime) -> None:
    """A handing noted by mistake counts no more; it stays told, with the reason. Withdrawn twice, it is withdrawn once."""
    hold(delivery)
    if handed not in handings(delivery.events):
        return
    withdrawal = event(delivery, EventKind.HANDING_WITHDRAWN, by=by, at=at)
    withdrawal.withdraws_id, withdrawal.note = handed.id, reason
    delivery.events.append(withdrawal)
    delivery.version += 1
    history.record(history.Verb.REVOKED, SUBJECT, delivery.id, cpts_id=delivery.cpts_id, by=by, at=at)
    db.session.flush()


def refuse_day(publication: Publication, day: date, today: date) -> None:
    """Nothing is handed over tomorrow, or before it exists."""
    if day > today:
        raise NotThatDay("Cette date est à venir\u00a0: écrivez le jour où le plan a été remis.")
    if day < publication.dated_on:
        raise NotThatDay(f"La {publication.name.lower()} n’existait pas encore ce jour-là.")


def _kept(cpts: Cpts, proof: DeliveryDocument | Attachment | None, *, by: Account, at: datetime) -> uuid.UUID | None:
    if isinstance(proof, Attachment):
        document = DeliveryDocument(id=uuid.uuid4(), cpts_id=cpts.id)
        document.take(proof, by=by, at=at)
        db.session.add(document)
        db.session.flush()
        return document.id
    return proof.id if proof else None
