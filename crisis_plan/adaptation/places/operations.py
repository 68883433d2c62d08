"""Keeping the list of the places that can be opened."""

from __future__ import annotations

from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.places import queries
from crisis_plan.adaptation.places.descriptions import PlaceDescription
from crisis_plan.adaptation.places.models import Place
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.organisations.models import Cpts

SUBJECT = "place"


class PlaceRefused(RuleBroken):
    """A refusal that belongs beside one field of the form."""

    status = 422
    field = "name"


class NameTaken(PlaceRefused):
    def __str__(self) -> str:
        return "Un lieu de cette commune porte déjà ce nom\u00a0: complétez-le, ou choisissez un autre nom."


class CheckedInTheFuture(PlaceRefused):
    field = "checked_on"

    def __str__(self) -> str:
        return "Cette date n’est pas encore passée\u00a0: indiquez le jour où le lieu a été vérifié."


def add(cpts: Cpts, description: PlaceDescription, *, today: date, by: Account, at: datetime) -> Place:
    """Add a place. Raises `NameTaken`, `CheckedInTheFuture` or `Unnamed`."""
    hold(cpts)
    _refuse_the_future(description, today)
    written = description.stored
    if queries.place_named(cpts, written["folded_name"]):
        raise NameTaken
    place = Place(cpts_id=cpts.id, created_at=at, updated_at=at, **written)
    db.session.add(place)
    db.session.flush()
    _record(history.Verb.CREATED, place, by=by, at=at)
    return place


def change(
    cpts: Cpts,
    place: Place,
    description: PlaceDescription,
    *,
    seen_version: int,
    today: date,
    by: Account,
    at: datetime,
) -> None:
    """Say otherwise what a place is. Raises `Stale`, `NameTaken`, `CheckedInTheFuture` or `Unnamed`."""
    hold(cpts)
    take(place, seen_version)
    _refuse_the_future(description, today)
    written = description.stored
    twin = queries.place_named(cpts, written["folded_name"])
    if twin and twin is not place:
        raise NameTaken
    history.rewrite(place, written, subject=SUBJECT, by=by, at=at)


def check(place: Place, *, on: date, by: Account, at: datetime) -> None:
    """Somebody made sure on this day that the place can be opened as it is written."""
    hold(place)
    history.rewrite(place, {"checked_on": on}, subject=SUBJECT, by=by, at=at)


def remove(place: Place, *, by: Account, at: datetime) -> None:
    """Take a place out of the list. Raises `Stale`."""
    hold(place)
    db.session.delete(place)
    _record(history.Verb.REMOVED, place, by=by, at=at)


def _record(verb: history.Verb, place: Place, *, by: Account, at: datetime) -> None:
    history.record(verb, SUBJECT, place.id, cpts_id=place.cpts_id, by=by, at=at)
    db.session.flush()


def _refuse_the_future(description: PlaceDescription, today: date) -> None:
    """Raises `CheckedInTheFuture`."""
    if description.checked_on and description.checked_on > today:
        raise CheckedInTheFuture
