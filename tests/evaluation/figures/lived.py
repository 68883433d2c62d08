"""Crises that were lived through the operations that people use, and what their debriefs count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from crisis_plan.access.models import Account
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.rules import Figure, FigureKey
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.rules import Mode
from crisis_plan.pilotage.logbook.operations import append_entry
from crisis_plan.pilotage.logbook.rules import EntryKind, Written
from crisis_plan.pilotage.mobilisation import acting, amending
from crisis_plan.pilotage.mobilisation.acting import Done
from tests.evaluation.debriefs.factories import a_debrief
from tests.factories import NOON
from tests.pilotage.mobilisation.factories import known, unknown, worked

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = NOON + 12 * HOUR
Live = Callable[[Crisis], object]


def counted(debrief: Debrief, key: FigureKey) -> Figure:
    (figure,) = figures(debrief, LATER, only=key)
    return figure


def after(cpts: Cpts, by: Account, tell: Live, key: FigureKey, mode: Mode = Mode.REAL) -> Figure:
    """This figure of the debrief of a crisis that was lived so."""
    return counted(a_debrief(cpts, by, mode=mode, tell=tell), key)


def say(crisis: Crisis, by: Account, kind: EntryKind, minutes: int = 0, **said: str) -> int:
    return append_entry(crisis, Written(kind, "Un fait", **said), by=by, at=NOON + minutes * MINUTE).number


def mobilise(cpts: Cpts, by: Account) -> Live:
    def tell(crisis: Crisis) -> None:
        anne, paul = known(cpts), unknown()
        worked(crisis, by, NOON, NOON + 2 * HOUR, anne, paul)
        (wrong,) = worked(crisis, by, NOON, NOON + 3 * HOUR, unknown("Ida Sol"))
        amending.withdraw(crisis, wrong, "Erreur", by=by, at=NOON + 3 * HOUR)
        for _ in range(2):
            acting.record(cpts, crisis, Done(NOON, label="Tournée des isolés"), [anne], by=by, at=NOON + 3 * HOUR)

    return tell
