"""Saying that no card covers a crisis type, and why."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.responses import queries
from crisis_plan.adaptation.responses.models import UncoveredType
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.organisations.models import Cpts

UNCOVERED = "uncovered_type"


class CoveredByACard(RuleBroken):
    """A type cannot be « non couvert » while a card covers it."""

    status = 422

    def __str__(self) -> str:
        return "Une fiche action couvre déjà ce type de crise\u00a0: il ne peut pas être dit «\u00a0non couvert\u00a0»."


def say_uncovered(
    cpts: Cpts, crisis_type: CrisisType, reason: str, *, seen_version: int, by: Account, at: datetime
) -> UncoveredType:
    """Give the reason why no card covers this type. Raises `CoveredByACard`, or `Stale` (0: none was given yet)."""
    hold(cpts)
    if any(crisis_type.value in types for types in queries.types_of_cards(cpts)):
        raise CoveredByACard
    known = queries.uncovered_type(cpts, crisis_type)
    if known:
        take(known, seen_version)
    elif seen_version:
        raise Stale
    said = known or UncoveredType(cpts_id=cpts.id, crisis_type=crisis_type, reason="")
    if said.reason == reason:
        return said
    said.reason, said.version, said.updated_at = reason, seen_version + 1, at
    db.session.add(said)
    db.session.flush()
    _record(history.Verb.CHANGED if known else history.Verb.CREATED, said, by=by, at=at)
    return said


def withdraw_uncovered(cpts: Cpts, crisis_type: CrisisType, *, by: Account, at: datetime) -> None:
    """Take the reason back; where none was given, nothing happens."""
    hold(cpts)
    said = queries.uncovered_type(cpts, crisis_type)
    if said is None:
        return
    db.session.delete(said)
    _record(history.Verb.REMOVED, said, by=by, at=at)


def _record(verb: history.Verb, said: UncoveredType, *, by: Account, at: datetime) -> None:
    fields = ["reason"] if verb is history.Verb.CHANGED else []
    history.record(verb, UNCOVERED, said.id, cpts_id=said.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
