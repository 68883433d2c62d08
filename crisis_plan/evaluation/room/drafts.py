"""The debrief at an address, for a form that would write in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.writing import DebriefValidated
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding


def draft_or_404(cpts: Cpts, debrief_id: UUID) -> Debrief:
    """A debrief that can still be written, with its meetings. Raises `DebriefValidated`."""
    debrief = queries.debrief_or_404(cpts, debrief_id)
    if debrief.is_validated:
        raise DebriefValidated
    return debrief


def finding_or_404(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> tuple[Debrief, DebriefFinding]:
    """A debrief that can still be written, and one of its findings. Raises `DebriefValidated`."""
    debrief = draft_or_404(cpts, debrief_id)
    return debrief, queries.finding_or_404(debrief, finding_id)
