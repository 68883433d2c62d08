"""What the deadlines ask of people, in sentences, and the days that they put in a calendar."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from crisis_plan.due import Due, Rank
from crisis_plan.months import add_months
from crisis_plan.publication.deadlines import WARNED_BEFORE
from crisis_plan.web.formats import long_date
from crisis_plan.yearly_update.deadlines.doubts import missing
from crisis_plan.yearly_update.deadlines.rules import Contract, Deadline, DeadlineKind, DeadlineState

SHOW, CONTRACT, UPDATE = "cpts.deadlines.show", "cpts.deadlines.contract", "cpts.yearly_update.show"


class Gesture(NamedTuple):
    """What one does about a deadline, and where."""

    action: str
    endpoint: str
    rank: Rank


GESTURES = {
    DeadlineKind.START: Gesture("Ouvrir le plan", "cpts.plan.show", Rank.BLOCKS_PUBLICATION),
    DeadlineKind.DEPLOYMENT: Gesture("Ouvrir la diffusion", "cpts.distribution.index", Rank.BLOCKS_PAYMENT),
    DeadlineKind.UPDATE: Gesture("Ouvrir la mise à jour", "cpts.yearly_update.show", Rank.BLOCKS_PUBLICATION),
}
WANTED = {
    DeadlineKind.START: "Le plan est à écrire et à publier",
    DeadlineKind.DEPLOYMENT: "Le plan est à communiquer aux partenaires",
    DeadlineKind.UPDATE: "La mise à jour du plan est à publier",
}


class Tenant(Contract, Protocol):
    """A CPTS whose contract is read."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True)
class DeadlineDay:
    """A deadline as a calendar tells it."""

    key: str
    """What it is from one reading to the next: `deadline-start-<id of the CPTS>`."""
    day: date
    title: str
    changed_at: datetime
    endpoint: str = SHOW
    values: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0
    stays_due: bool = False
    """Whether it is still to be done once its day has passed."""


def said(deadline: Deadline, today: date) -> str:
    """What is wanted, by when, why, and how far that is."""
    return (
        f"{WANTED[deadline.kind]} au plus tard le {long_date(deadline.on)} ({deadline.reason})\u00a0: "
        f"{deadline.standing(today)}."
    )


def is_near(deadline: Deadline, today: date) -> bool:
    """Whether it is to be done and comes within two months, or is over."""
    is_open = deadline.kind.is_to_do and deadline.state(today) is not DeadlineState.DONE
    return is_open and today >= add_months(deadline.on, -WARNED_BEFORE)


def task(deadline: Deadline, today: date) -> Due:
    """What is to be done by that day, and where."""
    action, endpoint, rank = GESTURES[deadline.kind]
    return Due(said(deadline, today), action, endpoint, due_on=deadline.on, rank=rank)


def deadline_tasks(
    deadlines: Iterable[Deadline], contract: Contract, today: date, *, edits: bool = True
) -> tuple[Due, ...]:
    """What is late or near, by day, then what keeps a deadline from being counted; who may not edit it reads it."""
    action, endpoint = ("Compléter le contrat", CONTRACT) if edits else ("Voir les échéances", SHOW)
    lacks = (Due(lack, action, endpoint, rank=Rank.BLOCKS_PAYMENT) for lack in missing(contract))
    return (*(task(one, today) for one in deadlines if is_near(one, today)), *lacks)


def calendar_days(deadlines: Iterable[Deadline], cpts: Tenant, changed_at: datetime) -> Iterator[DeadlineDay]:
    """Each day but those that were met; the update has a day of its own, `update_days`."""
    for one in deadlines:
        if one.done_on is None and one.kind is not DeadlineKind.UPDATE:
            key = f"deadline-{one.key}-{cpts.id}"
            revision, stays = cpts.version - 1, one.kind.is_to_do
            yield DeadlineDay(key, one.on, one.name, changed_at, revision=revision, stays_due=stays)


def update_days(
    deadlines: Iterable[Deadline], cpts: Tenant, changed_at: datetime, versions: int
) -> Iterator[DeadlineDay]:
    """The next update: it moves with the contract and with each of the versions that were written."""
    for one in deadlines:
        if one.kind is DeadlineKind.UPDATE:
            title = f"Mise à jour du plan à publier ({one.reason})"
            revision = cpts.version - 1 + versions
            yield DeadlineDay(f"update-{cpts.id}", one.on, title, changed_at, UPDATE, revision=revision, stays_due=True)
