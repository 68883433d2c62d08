"""Which debriefs are written and which are not, as the plan and the programme of exercises ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from crisis_plan.db import db
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementStep
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.organisations.models import Cpts


@dataclass(frozen=True)
class Reviewed:
    """A debrief and what it has counted so far; a finding that was withdrawn counts for nothing."""

    id: UUID
    subject: str
    title: str
    over_on: date
    report_on: date
    is_validated: bool
    is_activation: bool
    """Of a real crisis, not of an exercise."""
    strong: int
    weak: int
    decided: int
    """Improvements decided of its findings, but for those that were refused."""
    done: int
    kept_then: int
    """Improvements that were not refused on the day of its validation; 0 before it."""

    @property
    def name(self) -> str:
        """« Crise n° 1, Feu de forêt »."""
        return f"{self.subject}, {self.title}"

    @property
    def counts_as_live_exercise(self) -> bool:
        """A real activation replaces the live exercise only with lessons and an action plan (domain, section 8).

        What counts is decided with its validation: an improvement that is refused later does not undo it (our own rule).
        """
        return self.is_activation and self.is_validated and self.kept_then > 0

    @property
    def why_not_yet(self) -> str:
        """What a real activation lacks to count as a live exercise; empty when it does."""
        if self.is_validated:
            return "" if self.kept_then else "aucune amélioration n’était retenue à sa validation"
        none = "aucune amélioration n’est décidée à partir de ses constats"
        return ", ".join(filter(None, ("bilan à valider", "" if self.decided else none)))

    @property
    def since(self) -> str:
        """What is said of one that counts and of whose improvements every one was refused since; empty otherwise."""
        is_left = self.decided > 0 or not self.counts_as_live_exercise
        return "" if is_left else "de ses améliorations, plus aucune n’est retenue"


def reviewed(cpts: Cpts) -> Sequence[Reviewed]:
    """Every debrief of this CPTS, the latest first; one statement."""
    query = (
        sa.select(
            Debrief.id,
            Debrief.subject,
            Debrief.title,
            Debrief.over_on,
            Debrief.report_on,
            Debrief.validated_at.is_not(None),
            sa.not_(Debrief.is_exercise),
            _findings(FindingKind.STRONG),
            _findings(FindingKind.WEAK),
            _improvements(Improvement.state != ImprovementState.REFUSED),
            _improvements(Improvement.state == ImprovementState.DONE),
            _improvements(_state_at_validation() != ImprovementState.REFUSED),
        )
        .where(Debrief.cpts_id == cpts.id)
        .order_by(Debrief.over_on.desc(), Debrief.opened_at.desc())
    )
    return [Reviewed(*row) for row in map(tuple, db.session.execute(query))]


def _findings(kind: FindingKind) -> sa.ScalarSelect[int]:
    of_it = (DebriefFinding.debrief_id == Debrief.id, DebriefFinding.withdrawn_at.is_(None))
    query = sa.select(sa.func.count()).where(*of_it, DebriefFinding.kind == kind)
    return query.correlate(Debrief).scalar_subquery()


def _improvements(is_counted: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    of_it = (DebriefFinding.debrief_id == Debrief.id, DebriefFinding.withdrawn_at.is_(None))
    query = sa.select(sa.func.count()).select_from(Improvement).join(Improvement.finding)
    return query.where(*of_it, is_counted).correlate(Debrief).scalar_subquery()


def _state_at_validation() -> sa.ScalarSelect[ImprovementState]:
    """How an improvement stood after the last step that was written before its debrief was validated."""
    of_it = (ImprovementStep.improvement_id == Improvement.id, ImprovementStep.at <= Debrief.validated_at)
    query = sa.select(ImprovementStep.state).where(*of_it).order_by(ImprovementStep.number.desc()).limit(1)
    return query.correlate(Improvement, Debrief).scalar_subquery()
