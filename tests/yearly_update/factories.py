"""Arranging a yearly update: a published plan, then what is signed since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from flask import current_app

from crisis_plan.access.models import Account
from crisis_plan.adaptation.places import operations as places
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import operations as publication
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind
from crisis_plan.yearly_update.room import queries, signing
from crisis_plan.yearly_update.signatures.operations import Signing
from crisis_plan.yearly_update.signatures.rules import ThingState
from tests.factories import NOON, TODAY


def published(
    cpts: Cpts,
    by: Account,
    *,
    today: date = TODAY,
    at: datetime = NOON,
    kind: PublicationKind = PublicationKind.PUBLISHED,
) -> Publication:
    """A version of the plan as it stands, committed."""
    db.session.commit()
    with current_app.test_request_context():
        version = publication.publish(cpts, kind=kind, by=by, at=at, today=today)
    db.session.commit()
    return version


def signed(
    cpts: Cpts,
    by: Account,
    names: Collection[str] | None = None,
    *,
    note: str = "",
    on: date = TODAY,
    at: datetime = NOON,
) -> Signing:
    """These things signed, or all that is to be read again; committed."""
    update = queries.update_of(cpts, on)
    assert update
    wanted = [line.name for line in update.lines if line.state is ThingState.TO_DO] if names is None else names
    done = signing.sign(cpts, update, wanted, seen=update.base.number, note=note, by=by, at=at, on=on)
    db.session.commit()
    return done


def add_place(cpts: Cpts, by: Account, name: str = "Foyer communal") -> UUID:
    """A place that was never seen; committed."""
    made = places.add(cpts, PlaceDescription(name=name, commune="Uzès", capacity=40), today=TODAY, by=by, at=NOON)
    db.session.commit()
    return made.id
