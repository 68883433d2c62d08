"""All that a debrief says, read once: for its paper, for its page and for what stands against validating it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
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
    def withdrawn(self) -> list[DebriefFinding]:
        return [one for one in self.debrief.findings if one.withdrawn_at]

    @property
    def decisions(self) -> list[LogbookEntry]:
        """Those of the log, then those that reached it once it was closed."""
        return [one for one in (*self.entries, *self.annex) if one.kind is EntryKind.DECISION]

    @cached_property
    def _corrections(self) -> Mapping[int, list[LogbookEntry]]:
        """What corrects each entry of the log itself, by its number."""
        found: dict[int, list[LogbookEntry]] = {}
        for one in (*self.entries, *self.annex):
            if one.corrects:
                found.setdefault(one.corrects, []).append(one)
        return found

    def corrections_of(self, entry: LogbookEntry) -> list[LogbookEntry]:
        """What corrects it and what corrects that in turn, in the order of the log: the last one says what holds."""
        found: dict[Cited, LogbookEntry] = {}
        waiting = [entry]
        while waiting:
            corrected = waiting.pop()
            if corrected.part is Part.MAIN:  # nothing of the annex is corrected
                by = self._corrections.get(corrected.number, [])
                found |= {Cited(one.part, one.number): one for one in by}
                waiting += by
        return sorted(found.values(), key=lambda one: (one.part is Part.ANNEX, one.number))

    @property
    def comments(self) -> Mapping[str, FigureComment]:
        """What was said of a figure, by its key."""
        return {one.figure: one for one in self.debrief.comments}

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What stands against validating it."""
        return missing(self.debrief.meetings, self.debrief.findings, self.description)

    def extract(self, part: Part) -> list[LogbookEntry]:
        """The entries of this part that the debrief rests on, and all that corrects them, in their order."""
        printed = self._extracted
        whole = self.entries if part is Part.MAIN else self.annex
        return [one for one in whole if Cited(part, one.number) in printed]

    @cached_property
    def _extracted(self) -> Collection[Cited]:
        cited = {Cited(one.entry.part, one.entry.number) for finding in self.findings for one in finding.entries}
        cited |= {one for figure in self.figures if figure.key in EXTRACTED for one in figure.entries}
        cited |= {Cited(one.part, one.number) for one in self.decisions}
        resting = [one for one in (*self.entries, *self.annex) if Cited(one.part, one.number) in cited]
        corrections = (each for one in resting for each in self.corrections_of(one))
        return cited | {Cited(each.part, each.number) for each in corrections}


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
