"""What a CPTS says of itself that its amounts depend on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken, Stale
from crisis_plan.funding import queries
from crisis_plan.funding.lines import ActionsOf2021
from crisis_plan.funding.models import FundingSituation
from crisis_plan.organisations.models import Cpts

SUBJECT = "funding_situation"


class SituationRefused(RuleBroken):
    """A day that is not yet passed."""

    status = 422
    field = "members_counted_on"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__("Cette date n’est pas encore passée.")


@dataclass(frozen=True)
class Told:
    """What is written on the form."""

    member_professionals: int | None
    member_structures: int | None
    members_counted_on: date | None
    has_early_contract: bool
    joined_on: date | None
    actions_of_2021: ActionsOf2021 | None


def say(cpts: Cpts, told: Told, *, seen_version: int, today: date, by: Account, at: datetime) -> FundingSituation:
    """Keep what the CPTS says. Raises `Stale` or `SituationRefused`."""
    hold(cpts)
    for name in ("members_counted_on", "joined_on"):
        if (day := getattr(told, name)) and day > today:
            raise SituationRefused(name)
    situation = queries.stored_situation(cpts)
    if situation is None:
        return _begin(cpts, told, seen_version=seen_version, by=by, at=at)
    take(situation, seen_version)
    changed = [name for name, value in asdict(told).items() if getattr(situation, name) != value]
    for name in changed:
        setattr(situation, name, getattr(told, name))
    if changed:
        situation.version += 1
        history.record(history.Verb.CHANGED, SUBJECT, cpts.id, cpts_id=cpts.id, by=by, at=at, fields=changed)
    db.session.flush()
    return situation


def _begin(cpts: Cpts, told: Told, *, seen_version: int, by: Account, at: datetime) -> FundingSituation:
    if seen_version:
        raise Stale
    situation = FundingSituation(cpts_id=cpts.id, **asdict(told))
    db.session.add(situation)
    history.record(history.Verb.CREATED, SUBJECT, cpts.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return situation
