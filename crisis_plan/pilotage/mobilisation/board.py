"""Everything that the page of time and actions shows, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.mobilisation import offers, queries
from crisis_plan.pilotage.mobilisation.counts import (
    ActionLine,
    PersonLine,
    Totals,
    actions_of,
    people_of,
    totals_of,
)
from crisis_plan.pilotage.mobilisation.doubts import Doubt, doubts
from crisis_plan.pilotage.mobilisation.offers import Proposal
from crisis_plan.pilotage.mobilisation.rules import in_hours, name_key
from crisis_plan.pilotage.mobilisation.who import own_lines

if TYPE_CHECKING:
    from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent


@dataclass(frozen=True)
class Board:
    """The times and actions of a crisis that count, at one moment."""

    crisis: Crisis
    times: Sequence[TimeSpent]
    carried_out: Sequence[ActionCarriedOut]
    now: datetime

    @cached_property
    def until(self) -> datetime:
        return queries.counted_until(self.crisis, self.now)

    @cached_property
    def people(self) -> list[PersonLine]:
        return people_of(self.times, self.carried_out)

    @cached_property
    def actions(self) -> list[ActionLine]:
        return actions_of(self.carried_out)

    @cached_property
    def totals(self) -> Totals:
        return totals_of(self.people, self.actions, self.until)

    @cached_property
    def doubts(self) -> list[Doubt]:
        return doubts(self.people, self.actions, self.crisis.opened_at, self.until)

    @cached_property
    def at_work(self) -> list[TimeSpent]:
        """Those whose time is not over, the first arrived first."""
        return sorted((one for one in self.times if one.ends_at is None), key=lambda one: one.starts_at)

    @cached_property
    def proposals(self) -> list[Proposal]:
        return offers.proposals(self.crisis, self.actions, self.now)

    def own_time(self, account: Account) -> TimeSpent | None:
        """The time that whoever is signed in has begun and not finished."""
        own, key = own_lines(self.crisis.cpts, account), name_key(account.name)
        return next((one for one in self.at_work if one.contact_id in own or one.person_key == key), None)

    def hours(self, line: PersonLine) -> str:
        """« 4 h 30 »; nothing where no time was noted."""
        return in_hours(line.minutes(self.until)) if line.times else ""


def board(crisis: Crisis, now: datetime) -> Board:
    """The board at this moment; three statements, and two more for what it proposes."""
    return Board(crisis, queries.counted_times(crisis), queries.counted_actions(crisis), now)
