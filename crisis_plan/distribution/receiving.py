"""What a recipient does with their link: opening a version, saying that they received it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from crisis_plan.db import db, hold
from crisis_plan.distribution import queries
from crisis_plan.distribution.lines import line_for
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


def identity_of(token: str) -> UUID | None:
    """The row that a token was signed for; none for a token that was never given. Nothing is read."""
    return identity_in(PURPOSE, token)


def found(token: str) -> Delivery | None:
    """Whose link this is; none for an address that was never given. Raises `LinkOver`."""
    identity = identity_of(token)
    delivery = queries.delivery_with_id(identity) if identity else None
    if delivery:
        edition_given(delivery)
    return delivery


def edition_given(delivery: Delivery) -> Edition:
    """What the link gives today: no more than the directory’s group of its recipient reads, unless marked by hand.

    Raises `LinkOver` once it is withdrawn, or once its recipient has left the directory or is no recipient any more.
    """
    edition = line_for(delivery, delivery.contact, delivery.created_at).edition_today
    if delivery.revoked_at or edition is None:
        raise LinkOver
    return edition


def newer(delivery: Delivery) -> Publication | None:
    """The version in force, where it is not the one that was sent."""
    current = publications.current(delivery.cpts)
    return current if current and current.id != delivery.publication_id else None


def has_opened(delivery: Delivery, version: Publication) -> bool:
    """By this link."""
    return any(one.kind is EventKind.OPENED and one.publication_id == version.id for one in delivery.events)


def download(delivery: Delivery, version: Publication, *, at: datetime) -> PublicationFile:
    """The exact bytes of this version in the edition of the recipient; the first opening of each version is a proof.

    Raises `LinkOver`.
    """
    hold(delivery)
    edition = edition_given(delivery)
    if not has_opened(delivery, version):
        opening = DeliveryEvent(kind=EventKind.OPENED, happened_at=at, by_name=delivery.name)
        opening.publication_id, opening.edition = version.id, edition
        _prove(delivery, opening)
    return publications.file_or_404(version, FILE_OF[edition])


def acknowledge(delivery: Delivery, name: str, *, at: datetime) -> None:
    """They say that they received it; said twice, the first time counts. Raises `LinkOver`."""
    hold(delivery)
    edition_given(delivery)
    if not any(one.kind is EventKind.ACKNOWLEDGED for one in delivery.events):
        _prove(delivery, DeliveryEvent(kind=EventKind.ACKNOWLEDGED, happened_at=at, by_name=name))


def _prove(delivery: Delivery, proof: DeliveryEvent) -> None:
    proof.note = ""
    delivery.events.append(proof)
    db.session.flush()
