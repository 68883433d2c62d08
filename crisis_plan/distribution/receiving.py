"""What a recipient does with their link: opening a version, saying that they received it."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.db import db, hold
from crisis_plan.distribution import queries
from crisis_plan.distribution.mails import PURPOSE
from crisis_plan.distribution.models import Delivery, DeliveryEvent
from crisis_plan.distribution.refusals import LinkOver
from crisis_plan.distribution.rules import EventKind
from crisis_plan.document.blocks import Edition
from crisis_plan.publication import queries as publications
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind
from crisis_plan.web.links import identity_in

FILE_OF = {Edition.RESTRICTED: FileKind.RESTRICTED, Edition.PUBLIC: FileKind.PUBLIC}
"""The only file that a link to this edition ever gives."""


def found(token: str) -> Delivery | None:
    """Whose link this is; none for an address that was never given. Raises `LinkOver`."""
    identity = identity_in(PURPOSE, token)
    delivery = queries.delivery_with_id(identity) if identity else None
    if delivery:
        refuse_when_over(delivery)
    return delivery


def refuse_when_over(delivery: Delivery) -> None:
    """A link is over once withdrawn, or once its recipient has left the directory. Raises `LinkOver`."""
    if delivery.revoked_at or delivery.contact_id is None:
        raise LinkOver


def newer(delivery: Delivery) -> Publication | None:
    """The version in force, where it is not the one that was sent."""
    current = publications.current(delivery.cpts)
    return current if current and current.id != delivery.publication_id else None


def download(delivery: Delivery, version: Publication, *, at: datetime) -> PublicationFile:
    """The exact bytes of this version in the edition of the recipient; the first opening of each version is a proof.

    Raises `LinkOver`.
    """
    hold(delivery)
    refuse_when_over(delivery)
    if not any(one.kind is EventKind.OPENED and one.publication_id == version.id for one in delivery.events):
        _prove(
            delivery,
            DeliveryEvent(kind=EventKind.OPENED, happened_at=at, by_name=delivery.name, publication_id=version.id),
        )
    return publications.file_or_404(version, FILE_OF[delivery.edition])


def acknowledge(delivery: Delivery, name: str, *, at: datetime) -> None:
    """They say that they received it; said twice, the first time counts. Raises `LinkOver`."""
    hold(delivery)
    refuse_when_over(delivery)
    if not any(one.kind is EventKind.ACKNOWLEDGED for one in delivery.events):
        _prove(delivery, DeliveryEvent(kind=EventKind.ACKNOWLEDGED, happened_at=at, by_name=name))


def _prove(delivery: Delivery, proof: DeliveryEvent) -> None:
    proof.note = ""
    delivery.events.append(proof)
    db.session.flush()
