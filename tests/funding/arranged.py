"""A CPTS that wrote its plan, a crisis that was recognised: rows as the operations leave them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.organisations.rules import Size
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.facts import operations as facts
from crisis_plan.pilotage.facts.models import CrisisFact
from crisis_plan.pilotage.facts.operations import Told
from crisis_plan.pilotage.facts.rules import FactKind
from crisis_plan.publication.models import Publication
from crisis_plan.publication.rules import PublicationKind


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def sized(cpts: Cpts, size: Size | None = Size.T3, started_on: date | None = None) -> Cpts:
    """Its size as the contract states it, and the start of its mission."""
    cpts.stated_size, cpts.mission_started_on = size, started_on
    db.session.flush()
    return cpts


def written(cpts: Cpts, day: date, by: Account, kind: PublicationKind = PublicationKind.PUBLISHED) -> Publication:
    """A version of this day."""
    known = db.session.query(Publication).filter_by(cpts_id=cpts.id, kind=kind).count()
    version = Publication(
        cpts_id=cpts.id, kind=kind, number=known + 1, dated_on=day, published_at=noon(day), author_id=by.id,
        author_name=by.name,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def recognise(crisis: Crisis, at: datetime, by: Account) -> CrisisFact:
    """An authority recognised it as a serious crisis, and the cell logged it."""
    told = Told(happened_at=at, body="ARS Occitanie", text="Crise sanitaire grave.", late_reason="Arrêté reçu ensuite.")
    return facts.record(crisis, FactKind.RECOGNITION, told, by=by, at=at)
