"""A crisis to be reviewed: what was decided in it, what was marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from crisis_plan.access.models import Account
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook import by_hand
from crisis_plan.pilotage.logbook.rules import EntryKind
from tests.evaluation.debriefs.factories import a_debrief, a_finding, an_improvement
from tests.factories import NOON
from tests.pilotage.logbook.factories import an_entry


def decisions(by: Account, count: int) -> Callable[[Crisis], None]:
    """So many decisions, each marked to be reviewed."""

    def tell(crisis: Crisis) -> None:
        for rank in range(1, count + 1):
            at = NOON + timedelta(minutes=rank)
            entry = an_entry(crisis, by, f"Ouvrir la salle {rank}", at=at, kind=EntryKind.DECISION)
            by_hand.mark(entry, note="En reparler", by=by, at=at)

    return tell


def a_full_debrief(cpts: Cpts, by: Account, count: int) -> Debrief:
    """A debrief with so many decisions, strong points, weak points and improvements."""
    debrief = a_debrief(cpts, by, tell=decisions(by, count))
    for number in range(count):
        a_finding(debrief, by, f"Atout {number}", kind=FindingKind.STRONG)
        an_improvement(debrief, a_finding(debrief, by, f"Manque {number}"), by)
    return debrief
