"""Work done before the crisis was recognised: no text says whether it counts. Source: domain, section 10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.funding.lines import FundingLine
from crisis_plan.pilotage.facts import queries as facts
from crisis_plan.pilotage.mobilisation.board import Board, board
from crisis_plan.pilotage.mobilisation.rules import in_hours, minutes_in
from crisis_plan.web.formats import counted, long_date

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim


@dataclass(frozen=True)
class Before:
    """How much of the work comes before the recognition, and how much there is in all."""

    recognised_on: date
    actions: int
    """Carried out before it, and not again since."""
    all_actions: int
    minutes: int
    all_minutes: int

    def __bool__(self) -> bool:
        return bool(self.actions or self.minutes)

    @property
    def sentence(self) -> str:
        """« 5 actions sur 8 précèdent la reconnaissance du 10 juillet 2025 : aucun texte… »."""
        parts = []
        if self.actions:
            parts.append(f"{counted(self.actions, 'action', 'actions')} sur {self.all_actions}")
        if self.minutes:
            parts.append(f"{in_hours(self.minutes)} de travail sur {in_hours(self.all_minutes)}")
        verb = "précède" if len(parts) == 1 and self.actions == 1 else "précèdent"
        return (
            f"{' et '.join(parts)} {verb} la reconnaissance du {long_date(self.recognised_on)}\u00a0: "
            "aucun texte ne dit si ce qui la précède compte. À demander à la CPAM."
        )


def before_recognition(claim: Claim, now: datetime) -> Before | None:
    """What comes before the first recognition that stands; none where nothing does, or of another line."""
    crisis = claim.crisis
    if claim.line is not FundingLine.CRISIS or crisis is None:
        return None
    fact = facts.recognitions(claim.cpts).get(crisis.id)
    if fact is None:
        return None
    recognised_on = clock.local(fact.happened_at, claim.cpts).date()
    return split(board(crisis, now), fact.happened_at, recognised_on) or None


def split(worked: Board, recognised_at: datetime, recognised_on: date) -> Before:
    """The work of this crisis, before its recognition and in all; what overlaps counts once, as everywhere."""
    clipped = [
        [(start, min(end, recognised_at)) for start, end in line.intervals(worked.until)] for line in worked.people
    ]
    return Before(
        recognised_on,
        sum(all(one.happened_at < recognised_at for one in line.times) for line in worked.actions),
        worked.totals.actions,
        sum(map(minutes_in, clipped)),
        worked.totals.minutes,
    )
