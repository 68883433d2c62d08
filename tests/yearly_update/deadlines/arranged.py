"""Versions and their circulation, in a few lines."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from crisis_plan.db import db
from crisis_plan.distribution.models import Delivery, DeliveryEvent
from crisis_plan.distribution.rules import Channel, EventKind, Group
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from tests.factories import NOON, AccountFactory

PUBLISHED, EARLIER, PROVISIONAL = PublicationKind.PUBLISHED, PublicationKind.EARLIER, PublicationKind.PROVISIONAL


def a_version(cpts: Cpts, on: date, kind: PublicationKind = PublicationKind.PUBLISHED, number: int = 1) -> Publication:
    """A version of this day, without its content."""
    author = AccountFactory()
    made = Publication(
        cpts_id=cpts.id,
        kind=kind,
        number=number,
        dated_on=on,
        published_at=datetime.combine(on, time(9), UTC),
        author_id=author.id,
        author_name=author.name,
    )
    db.session.add(made)
    db.session.flush()
    return made


def handed_over(publication: Publication, on: date, group: Group = Group.PARTNER) -> Delivery:
    """A paper copy given to someone of this group on this day."""
    made = Delivery(
        cpts_id=publication.cpts_id,
        publication_id=publication.id,
        group=group,
        name="Mairie d’Uzès",
        edition=Edition.PUBLIC,
        created_at=NOON,
        created_by_id=publication.author_id,
        created_by_name=publication.author_name,
    )
    handed = {"kind": EventKind.HANDED, "channel": Channel.PAPER, "handed_on": on, "happened_at": NOON}
    made.events = [DeliveryEvent(**handed)]
    db.session.add(made)
    db.session.flush()
    return made
