"""What was found, and what comes of it, in the paper of a debrief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document.blocks import Cell, Column, Row, Span, Table
from crisis_plan.evaluation.figures.rules import Cited
from crisis_plan.evaluation.improvements.rules import ImprovementState
from crisis_plan.evaluation.room.paper_figures import cited
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import long_date

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import DebriefFinding
    from crisis_plan.evaluation.improvements.models import Improvement

NOT_DECIDED = "rien n’est encore décidé"
STRONG = (
    Column("N°", 0.4, numeric=True),
    Column("Ce qui a aidé", 4.0),
    Column("Dans le plan", 1.6),
    Column("Entrées", 1.0),
)
WEAK = (
    Column("N°", 0.4, numeric=True),
    Column("Ce qui a manqué", 3.4),
    Column("Dans le plan", 1.3),
    Column("Entrées", 0.8),
    Column("Suite donnée", 2.0),
)
WITHDRAWN = (
    Column("N°", 0.4, numeric=True),
    Column("Retiré le", 1.2),
    Column("Pourquoi", 4.4),
)
IMPROVEMENTS = (
    Column("N°", 0.4, numeric=True),
    Column("Ce qui sera fait", 2.8),
    Column("Responsable", 1.3, restricted=True),
    Column("Pour le", 1.1),
    Column("Dans le plan", 1.4),
    Column("État", 1.8),
)


def strong_table(findings: Sequence[DebriefFinding]) -> Table:
    rows = (Row((str(one.number), said(one), one.target, entries_of(one))) for one in findings)
    return Table("", STRONG, tuple(rows), empty="Aucun point fort n’a été noté.")


def weak_table(findings: Sequence[DebriefFinding]) -> Table:
    """Each weak point and what was decided of it."""
    rows = (Row((str(one.number), said(one), one.target, entries_of(one), follow_up(one))) for one in findings)
    return Table("", WEAK, tuple(rows), empty="Aucun point faible n’a été noté.")


def withdrawn_table(findings: Iterable[DebriefFinding], cpts: Cpts) -> Table:
    """Why each was taken off, for those who were there; what it said is not told any more."""
    rows = (
        Row((str(one.number), long_date(clock.local(one.withdrawn_at, cpts).date()), one.withdrawn_why))
        for one in findings
        if one.withdrawn_at
    )
    return Table("", WITHDRAWN, tuple(rows), restricted=True)


def improvements_table(findings: Iterable[DebriefFinding]) -> Table:
    """What will be done; what was refused is told beside its weak point."""
    decided = sorted((one for finding in findings for one in finding.improvements), key=lambda one: one.number)
    rows = (
        Row((str(one.number), one.text, one.owner_name, long_date(one.due_on), one.target, state_of(one)))
        for one in decided
        if one.state is not ImprovementState.REFUSED
    )
    return Table("", IMPROVEMENTS, tuple(rows), empty="Aucune amélioration n’a été décidée.")


def said(finding: DebriefFinding) -> Cell:
    """As the group agreed to write it; how it was said stands under it, for whom may read names."""
    if not finding.as_validated or finding.as_validated == finding.as_said:
        return finding.as_said
    return (
        Span(finding.as_validated),
        Span(f"\nDit ainsi\u00a0: «\u00a0{finding.as_said}\u00a0»", italic=True, restricted=True),
    )


def entries_of(finding: DebriefFinding) -> str:
    return cited([Cited(one.entry.part, one.entry.number) for one in finding.entries])


def follow_up(finding: DebriefFinding) -> str:
    """« Amélioration n° 3 », or why nothing is made of it."""
    return "\n".join(_followed(one) for one in finding.improvements) or NOT_DECIDED


def _followed(improvement: Improvement) -> str:
    if improvement.state is ImprovementState.REFUSED:
        return state_of(improvement)
    return f"{improvement.name}, ci-après"


def state_of(improvement: Improvement) -> str:
    """« Réalisée : la page 3 du plan le dit »."""
    label = improvement.state.label
    return f"{label}\u00a0: {improvement.word}" if improvement.word else label
