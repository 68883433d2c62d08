"""Whether the debriefs of crises and exercises are drawn, and their lessons. Source: domain, section 3 (« retex »)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from crisis_plan.plan.rules import NOT_ASKED_YET, Lacking, NotAskedYet
from crisis_plan.web.formats import counted, long_date


class Debriefed(Protocol):
    """A debrief, as far as the plan asks."""

    @property
    def name(self) -> str: ...
    @property
    def report_on(self) -> date: ...
    @property
    def is_validated(self) -> bool: ...


class Practised(Protocol):
    """The exercises of the programme: how many were held, and told."""

    @property
    def held(self) -> int: ...
    @property
    def told(self) -> int: ...


def lacking(debriefs: Iterable[Debriefed], exercises: Practised, today: date) -> Lacking:
    """What is missing: a debrief past its date. Met by a validated one, or by an exercise that was told."""
    known = list(debriefs)
    writing = [one for one in known if not one.is_validated]
    if late := [_late(one) for one in writing if one.report_on < today]:
        return late
    if len(writing) < len(known) or exercises.told:
        return ()
    if writing:
        return NotAskedYet(f"{counted(len(writing), 'bilan est', 'bilans sont')} en cours d’écriture.")
    return (
        NotAskedYet("Un exercice a eu lieu\u00a0: son compte rendu reste à écrire.")
        if exercises.held
        else NOT_ASKED_YET
    )


def _late(debrief: Debriefed) -> str:
    return f"Le bilan «\u00a0{debrief.name}\u00a0» devait être validé le {long_date(debrief.report_on)}."
