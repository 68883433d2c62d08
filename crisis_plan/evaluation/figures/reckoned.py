"""A crisis as its debrief counts it: what its figures, its description and its time line rest on is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crisis_plan.adaptation.levels import queries as levels
from crisis_plan.adaptation.levels.rules import PROPOSED
from crisis_plan.evaluation.figures import happenings
from crisis_plan.evaluation.figures.course import level_steps
from crisis_plan.evaluation.figures.silences import Silence, Watch, limit_of, of_watches, shortest
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
        stretch = shortest(self.watches)
        return of_watches(reckoning.written(self.crisis, stretch), self.watches) if stretch else ()

    @cached_property
    def watches(self) -> Sequence[Watch]:
        """The crisis level by level, without what follows a stand-down."""
        steps, stages = level_steps(self.rows, self.crisis), happenings.stages(self.rows)
        held = happenings.levels(steps, stages, self.over_at)
        return [Watch(one.what, one.at, one.ends_at or self.over_at, limit_of(one.what, self._limits)) for one in held]

    @cached_property
    def _limits(self) -> dict[str, int | None]:
        """The minutes of each level by name: of the last one as the crisis kept them, of the others as the ladder says."""
        last = {self.crisis.level_name: self.crisis.silence_minutes}
        if not any(one.kind is EntryKind.LEVEL for one in self.rows):
            return last
        proposed = {one.name: one.silence_reminder_minutes for one in PROPOSED}
        own = {one.name: one.silence_reminder_minutes for one in levels.levels(self.cpts)}
        return proposed | own | last

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


def reckoned(debrief: Debrief, now: datetime) -> Reckoned | None:
    """What one page or paper gives to all that it counts; nothing for an exercise of the programme."""
    return Reckoned(debrief.cpts, debrief.crisis, now) if debrief.crisis else None
