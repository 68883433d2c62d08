"""The handover sheet: what a relief must know, made now from what is there; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind
from crisis_plan.pilotage.needs import queries as needs
from crisis_plan.pilotage.situation_reports import queries
from crisis_plan.pilotage.situation_reports.rules import (
    DECISIONS_OF_THE_DUTY,
    ENTRIES_HANDED_OVER,
)
from crisis_plan.pilotage.stock_out import queries as stock_out
from crisis_plan.pilotage.tasks import queries as tasks

if TYPE_CHECKING:
    from crisis_plan.anticipation.stock.queries import HeldItem
    from crisis_plan.pilotage.crisis_functions.duty import FunctionNow
    from crisis_plan.pilotage.facts.models import CrisisFact
    from crisis_plan.pilotage.facts.rules import Strip
    from crisis_plan.pilotage.logbook.models import LogbookEntry
    from crisis_plan.pilotage.needs.models import CommuneNeed
    from crisis_plan.pilotage.situation_reports.models import SituationReport
    from crisis_plan.pilotage.tasks.rows import TaskBoard

MOST_TASKS = 300


@dataclass(frozen=True)
class Handover:
    """What the sheet tells, as it stands at one moment."""

    at: datetime
    strip: Strip[CrisisFact]
    board: Sequence[FunctionNow]
    tasks: TaskBoard
    needs: Sequence[CommuneNeed]
    entries: Sequence[LogbookEntry]
    decisions: Sequence[LogbookEntry]
    short: Sequence[HeldItem]
    latest: SituationReport | None


def handover(cpts: Cpts, crisis: Crisis, now: datetime) -> Handover:
    """Everything that a relief asks, read now."""
    return Handover(
        at=now,
        strip=facts.strip(crisis),
        board=crisis_functions.board(crisis, now),
        tasks=tasks.board(crisis, now, limit=MOST_TASKS),
        needs=needs.still_open(crisis),
        entries=logbook.newest(crisis, ENTRIES_HANDED_OVER),
        decisions=logbook.of_kind(crisis, EntryKind.DECISION, since=now - DECISIONS_OF_THE_DUTY),
        short=stock_out.short(cpts, clock.local(now, cpts).date()),
        latest=queries.latest(crisis),
    )
