"""What every write of a crisis begins with: the crisis is held, and it is open."""

from __future__ import annotations

from crisis_plan.db import hold
from crisis_plan.errors import RuleBroken
from crisis_plan.pilotage.crises.models import Crisis


class CrisisClosed(RuleBroken):
    def __str__(self) -> str:
        return "Cette crise est close\u00a0: son dossier se lit, il ne change plus."


def hold_open(crisis: Crisis) -> None:
    """Hold the crisis until the end of the transaction. Raises `CrisisClosed`.

    Whoever writes in the same crisis waits here: numbers of the logbook follow the order of commits. The other rows
    of a crisis are held after it, never before, so that two writers never wait for each other.
    """
    hold(crisis)
    if crisis.closed_at is not None:
        raise CrisisClosed
