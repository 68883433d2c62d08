"""Keeping the other means: a teleconsultation solution, a vehicle, a generator, premises."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock.kinds import MeansKind
from crisis_plan.anticipation.stock.models import OtherMeans
from crisis_plan.anticipation.stock.refusals import NotYet
from crisis_plan.db import db, hold, take
from crisis_plan.organisations.models import Cpts

MEANS = "other_means"


@dataclass(frozen=True)
class MeansDescription:
    """What a person says of another means."""

    kind: MeansKind
    name: str
    capacity: str = ""
    keeper: str = ""
    contact_id: uuid.UUID | None = None
    how_to_get: str = ""
    available: str = ""
    checked_on: date | None = None
    note: str = ""


def add_means(cpts: Cpts, description: MeansDescription, *, by: Account, at: datetime) -> OtherMeans:
    """Note what the CPTS may count on. Raises `NotYet` when it is said to be checked on a day to come."""
    _refuse_the_future(cpts, description, at)
    means = OtherMeans(cpts_id=cpts.id, created_at=at, updated_at=at, **vars(description))
    db.session.add(means)
    db.session.flush()
    history.record(history.Verb.CREATED, MEANS, means.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return means


def edit_means(
    means: OtherMeans, description: MeansDescription, *, seen_version: int, by: Account, at: datetime
) -> None:
    """Change what is said of it. Raises `NotYet` or `Stale`."""
    _refuse_the_future(db.session.get_one(Cpts, means.cpts_id), description, at)
    take(means, seen_version)
    history.rewrite(means, vars(description), subject=MEANS, by=by, at=at)


def check_means(means: OtherMeans, *, on: date, by: Account, at: datetime) -> None:
    """Someone saw it, or had it confirmed, on this day. Raises `Stale` when it was removed."""
    hold(means)
    history.rewrite(means, {"checked_on": on}, subject=MEANS, by=by, at=at)


def remove_means(means: OtherMeans, *, by: Account, at: datetime) -> None:
    """The CPTS no longer counts on it. Raises `Stale` when it was removed already."""
    hold(means)
    db.session.delete(means)
    history.record(history.Verb.REMOVED, MEANS, means.id, cpts_id=means.cpts_id, by=by, at=at)
    db.session.flush()


def _refuse_the_future(cpts: Cpts, description: MeansDescription, at: datetime) -> None:
    """Raises `NotYet`: nobody checked anything on a day that has not come."""
    if description.checked_on and description.checked_on > clock.local(at, cpts).date():
        raise NotYet
