"""With whom a validated debrief is shared: a choice of the CPTS, for each debrief."""

from __future__ import annotations

from datetime import datetime

from crisis_plan.access.models import Account
from crisis_plan.db import take
from crisis_plan.errors import RuleBroken
from crisis_plan.evaluation.debriefs.models import Debrief
from crisis_plan.evaluation.debriefs.writing import note


class NotValidated(RuleBroken):
    def __str__(self) -> str:
        return "Ce bilan n’est pas encore validé\u00a0: seul un bilan validé se partage ou se complète."


def share(debrief: Debrief, *, with_ars: bool, with_cpam: bool, seen_version: int, by: Account, at: datetime) -> None:
    """Let these readers see it, or no longer. Raises `NotValidated`, `Stale`."""
    take(debrief, seen_version)
    if not debrief.is_validated:
        raise NotValidated
    wanted = {"is_shared_with_ars": with_ars, "is_shared_with_cpam": with_cpam}
    changed = [name for name, value in wanted.items() if getattr(debrief, name) != value]
    for name in changed:
        setattr(debrief, name, wanted[name])
    if changed:
        note(debrief, changed, by=by, at=at)


def told(debrief: Debrief) -> str:
    """Who reads it now, in a sentence."""
    readers = [
        name
        for name, is_shared in (
            ("les lecteurs de l’ARS", debrief.is_shared_with_ars),
            ("les lecteurs de la CPAM et de la MSA", debrief.is_shared_with_cpam),
        )
        if is_shared
    ]
    return f"Le bilan est lu par {' et par '.join(readers)}." if readers else "Le bilan n’est lu que par la cellule."
