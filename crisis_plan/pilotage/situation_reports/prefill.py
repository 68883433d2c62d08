"""What the tool knows under each heading at one moment: asked of each room, heading by heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.mobilisation import queries as mobilisation
from crisis_plan.pilotage.needs import queries as needs
from crisis_plan.pilotage.situation_reports import queries, wording
from crisis_plan.pilotage.situation_reports.lines import listed
from crisis_plan.pilotage.situation_reports.rules import Heading
from crisis_plan.pilotage.stock_out import queries as stock_out
from crisis_plan.pilotage.tasks import queries as tasks

if TYPE_CHECKING:
    from crisis_plan.pilotage.situation_reports.models import SituationReport

LAST_DECISIONS = 5


@dataclass(frozen=True)
class Seen:
    """A crisis at one moment, and the report before: what is new is new since then."""

    cpts: Cpts
    crisis: Crisis
    now: datetime
    previous: SituationReport | None

    @property
    def after(self) -> int:
        """The last entry that the report before knew of."""
        return self.previous.last_entry_number if self.previous else 0


def seen(cpts: Cpts, crisis: Crisis, now: datetime) -> Seen:
    return Seen(cpts, crisis, now, queries.latest(crisis))


def everything(here: Seen) -> dict[str, str]:
    """The text of every heading."""
    return {heading.value: calculated(here, heading) for heading in Heading}


def calculated(here: Seen, heading: Heading) -> str:
    """The text of one heading; of those that nothing calculates, that of the report before."""
    if not heading.is_calculated:
        return str(here.previous.said.get(heading.value, "")) if here.previous else ""
    return CALCULATED[heading](here)


def _situation(here: Seen) -> str:
    decisions = logbook.of_kind(here.crisis, EntryKind.DECISION, after=here.after, limit=LAST_DECISIONS)
    return wording.situation(crises.alert(here.crisis), facts.strip(here.crisis), decisions, here.cpts)


def _level(here: Seen) -> str:
    turns = [one for one in logbook.turning_points(here.crisis) if one.kind is not EntryKind.MESSAGE]
    return wording.level(here.crisis, turns[-1] if turns else None, here.cpts)


def _needs(here: Seen) -> str:
    return wording.needs(needs.board(here.crisis, only_open=True))


def _means(here: Seen) -> str:
    people = wording.people(mobilisation.totals(here.crisis, here.now))
    return listed([*people, *wording.cell(crisis_functions.board(here.crisis, here.now))])


def _stock(here: Seen) -> str:
    short = stock_out.short(here.cpts, clock.local(here.now, here.cpts).date())
    return wording.stock(short, stock_out.gone(here.crisis))


def _actions(here: Seen) -> str:
    since = here.previous.issued_at if here.previous else None
    return wording.actions(tasks.everything(here.crisis, here.now), since)


def _care(here: Seen) -> str:
    return wording.care(needs.care_totals(needs.still_open(here.crisis)), tasks.everything(here.crisis, here.now))


def _communication(here: Seen) -> str:
    return wording.communication(logbook.of_kind(here.crisis, EntryKind.MESSAGE, after=here.after), here.cpts)


CALCULATED: Mapping[Heading, Callable[[Seen], str]] = {
    Heading.SITUATION: _situation,
    Heading.LEVEL: _level,
    Heading.NEEDS: _needs,
    Heading.MEANS: _means,
    Heading.STOCK: _stock,
    Heading.ACTIONS: _actions,
    Heading.CARE: _care,
    Heading.COMMUNICATION: _communication,
}
