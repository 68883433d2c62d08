"""A crisis as its debrief counts it: what its figures, its description and its time line rest on is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from crisis_plan.evaluation.figures.silences import Silence, silences, threshold
from crisis_plan.folding import folded
from crisis_plan.organisations import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls.wording import OF_A_LIST
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.logbook import reckoning
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.mobilisation import queries as mobilisation

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief
    from crisis_plan.pilotage.crises.models import CrisisAlert
    from crisis_plan.pilotage.facts.models import CrisisFact
    from crisis_plan.pilotage.logbook.reckoning import Marked, Tally
    from crisis_plan.pilotage.mobilisation.models import ActionCarriedOut, TimeSpent

KINDS = (
    EntryKind.ALERT,
    EntryKind.ACTIVATION,
    EntryKind.LEVEL,
    EntryKind.DECISION,
    EntryKind.MESSAGE,
    EntryKind.SITUATION_REPORT,
    EntryKind.STAND_DOWN,
    EntryKind.CLOSING,
)
"""The entries that are counted one by one."""


@dataclass(frozen=True)
class Reckoned:
    """A crisis at this moment; each of these is asked when it is first needed, and once."""

    cpts: Cpts
    crisis: Crisis
    now: datetime

    @cached_property
    def rows(self) -> Sequence[Marked]:
        return reckoning.marked(self.crisis, KINDS, actions_beginning_with=folded(OF_A_LIST))

    @cached_property
    def tallies(self) -> Sequence[Tally]:
        return reckoning.tallies(self.crisis)

    @cached_property
    def silences(self) -> Sequence[Silence]:
        written = reckoning.written(self.crisis, self.longest_wait)
        return silences(written, self.longest_wait, since=self.crisis.opened_at, until=self.over_at)

    @cached_property
    def facts(self) -> Sequence[CrisisFact]:
        return facts.facts(self.crisis)

    @cached_property
    def alert(self) -> CrisisAlert | None:
        return crises.alert(self.crisis)

    @cached_property
    def touched(self) -> Sequence[str]:
        """The communes of the alert, by name."""
        return [one.name for one in communes.communes(self.alert.communes)] if self.alert else ()

    @cached_property
    def times(self) -> Sequence[TimeSpent]:
        return mobilisation.counted_times(self.crisis)

    @cached_property
    def carried_out(self) -> Sequence[ActionCarriedOut]:
        return mobilisation.counted_actions(self.crisis)

    @property
    def until(self) -> datetime:
        """When the time of those still at work stops being counted."""
        return mobilisation.counted_until(self.crisis, self.now)

    @property
    def over_at(self) -> datetime:
        """The stand-down, else the closing, else now."""
        return self.crisis.stood_down_at or self.crisis.closed_at or self.now

    @property
    def longest_wait(self) -> timedelta:
        """From how long a silence is counted."""
        return threshold(self.crisis.silence_minutes)


def reckoned(debrief: Debrief, now: datetime) -> Reckoned | None:
    """What one page or paper gives to all that it counts; nothing for an exercise of the programme."""
    return Reckoned(debrief.cpts, debrief.crisis, now) if debrief.crisis else None
