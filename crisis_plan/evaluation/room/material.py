"""All that a debrief says, read once: for its paper, for its page and for what stands against validating it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import TimeLine
from crisis_plan.evaluation.debriefs import queries
from crisis_plan.evaluation.debriefs.completeness import Missing, missing
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.figures.description import description
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.reckoned import reckoned
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey
from crisis_plan.evaluation.figures.timeline import time_line
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.logbook import queries as logbook
from crisis_plan.pilotage.logbook.rules import EntryKind, Part

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding, FigureComment
    from crisis_plan.pilotage.logbook.models import LogbookEntry

EXTRACTED = (FigureKey.FACTS, FigureKey.FLAGGED)
"""The figures whose entries the extract of the log prints, beside those of the findings and the decisions."""


@dataclass(frozen=True)
class Material:
    """A debrief, and what is counted and read for it."""

    cpts: Cpts
    debrief: Debrief
    figures: Sequence[Figure]
    description: str
    """Heading 1: as it was written, or as the logbook writes it."""
    time_line: TimeLine | None
    entries: Sequence[LogbookEntry]
    """The whole log, oldest first; nothing for an exercise of the programme."""
    annex: Sequence[LogbookEntry]

    @property
    def findings(self) -> list[DebriefFinding]:
        """Those that were not withdrawn."""
        return [one for one in self.debrief.findings if one.withdrawn_at is None]

    def of_kind(self, kind: FindingKind) -> list[DebriefFinding]:
        return [one for one in self.findings if one.kind is kind]

    @property
    def decisions(self) -> list[LogbookEntry]:
        return [one for one in self.entries if one.kind is EntryKind.DECISION]

    @property
    def corrected(self) -> Mapping[int, int]:
        """By which entry of the log each of those that were corrected was, by number."""
        return {one.corrects: one.number for one in self.entries if one.corrects}

    @property
    def comments(self) -> Mapping[str, FigureComment]:
        """What was said of a figure, by its key."""
        return {one.figure: one for one in self.debrief.comments}

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What stands against validating it."""
        return missing(self.debrief.meetings, self.debrief.findings, self.description)

    def extract(self, part: Part) -> list[LogbookEntry]:
        """The entries of this part that the debrief rests on, and those that correct them, in their order."""
        cited = {Cited(one.entry.part, one.entry.number) for finding in self.findings for one in finding.entries}
        cited |= {one for figure in self.figures if figure.key in EXTRACTED for one in figure.entries}
        cited |= {Cited(Part.MAIN, one.number) for one in self.decisions}
        return [
            one
            for one in (self.entries if part is Part.MAIN else self.annex)
            if Cited(part, one.number) in cited or (one.corrects and Cited(Part.MAIN, one.corrects) in cited)
        ]


def gather(debrief: Debrief, at: datetime) -> Material:
    """Everything as it stands at this moment."""
    cpts = debrief.cpts
    whole = queries.whole_or_404(cpts, debrief.id)
    read = reckoned(whole, at)
    counted = figures(whole, at, read=read)
    crisis = whole.crisis
    return Material(
        cpts=cpts,
        debrief=whole,
        figures=counted,
        description=whole.description or description(whole, counted, at, read=read),
        time_line=time_line(whole, at, read=read),
        entries=logbook.whole(crisis, Part.MAIN) if crisis else (),
        annex=logbook.whole(crisis, Part.ANNEX) if crisis else (),
    )
