"""Keeping the list of the plans that the CPTS's own must fit with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import NeighbourKind
from crisis_plan.orsan.neighbours import queries
from crisis_plan.orsan.neighbours.descriptions import NeighbourDescription, NeighbourRefused
from crisis_plan.orsan.neighbours.models import NeighbouringPlan
from crisis_plan.orsan.neighbours.rules import proposed_check

SUBJECT = "neighbouring_plan"


class NameTaken(NeighbourRefused):
    def __str__(self) -> str:
        return "Un plan voisin porte déjà ce nom\u00a0: complétez-le, ou précisez de qui il est."


class KindUntold(NeighbourRefused):
    field = "own_kind"

    def __str__(self) -> str:
        return "Dites de quel plan il s’agit, puisqu’il n’est pas dans la liste."


class SeenInTheFuture(NeighbourRefused):
    field = "edition_seen_on"

    def __str__(self) -> str:
        return "Cette date n’est pas encore passée\u00a0: indiquez le jour où le plan a été vu."


class CheckedBeforeSeen(NeighbourRefused):
    field = "next_check_on"

    def __str__(self) -> str:
        return "La prochaine vérification vient après le jour où le plan a été vu."


@dataclass(frozen=True)
class Sight:
    """The edition that somebody has just seen, and when to look again; none: in a year."""

    edition: str = ""
    next_check_on: date | None = None


def add(cpts: Cpts, description: NeighbourDescription, *, today: date, by: Account, at: datetime) -> NeighbouringPlan:
    """Add a plan. Raises a `NeighbourRefused`."""
    hold(cpts)
    _refuse(description, today)
    written = description.stored
    if queries.plan_named(cpts, written["folded_name"]):
        raise NameTaken
    plan = NeighbouringPlan(cpts_id=cpts.id, created_at=at, updated_at=at, **written)
    db.session.add(plan)
    db.session.flush()
    _record(history.Verb.CREATED, plan, by=by, at=at)
    return plan


def change(
    cpts: Cpts,
    plan: NeighbouringPlan,
    description: NeighbourDescription,
    *,
    seen_version: int,
    today: date,
    by: Account,
    at: datetime,
) -> None:
    """Say otherwise what a plan is. Raises `Stale` or a `NeighbourRefused`."""
    hold(cpts)
    take(plan, seen_version)
    _refuse(description, today)
    written = description.stored
    twin = queries.plan_named(cpts, written["folded_name"])
    if twin and twin is not plan:
        raise NameTaken
    history.rewrite(plan, written, subject=SUBJECT, by=by, at=at)


def see(plan: NeighbouringPlan, sight: Sight, *, seen_version: int, on: date, by: Account, at: datetime) -> None:
    """Somebody saw this edition on this day. Raises `Stale` or `CheckedBeforeSeen`."""
    take(plan, seen_version)
    next_check_on = sight.next_check_on or proposed_check(on)
    if next_check_on <= on:
        raise CheckedBeforeSeen
    written = {"edition": sight.edition, "edition_seen_on": on, "next_check_on": next_check_on}
    history.rewrite(plan, written, subject=SUBJECT, by=by, at=at)


def remove(plan: NeighbouringPlan, *, by: Account, at: datetime) -> None:
    """Take a plan out of the list, with the document kept of it. Raises `Stale` when it is no longer there."""
    hold(plan)
    db.session.expire(plan, ["file"])
    db.session.delete(plan)
    _record(history.Verb.REMOVED, plan, by=by, at=at)


def _record(verb: history.Verb, plan: NeighbouringPlan, *, by: Account, at: datetime) -> None:
    history.record(verb, SUBJECT, plan.id, cpts_id=plan.cpts_id, by=by, at=at)
    db.session.flush()


def _refuse(description: NeighbourDescription, today: date) -> None:
    """Raises `KindUntold`, `SeenInTheFuture` or `CheckedBeforeSeen`."""
    seen_on, next_check_on = description.edition_seen_on, description.next_check_on
    if description.kind is NeighbourKind.OTHER and not description.own_kind:
        raise KindUntold
    if seen_on and seen_on > today:
        raise SeenInTheFuture
    if seen_on and next_check_on and next_check_on <= seen_on:
        raise CheckedBeforeSeen
