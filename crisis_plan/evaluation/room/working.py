"""The working page of a debrief: all that was written, counted and flagged, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.document import prose
from crisis_plan.document.blocks import Block, TimeLine
from crisis_plan.evaluation.debriefs.completeness import Missing, missing
from crisis_plan.evaluation.debriefs.dates import Awaited, awaited
from crisis_plan.evaluation.debriefs.rules import FindingKind
from crisis_plan.evaluation.figures import description as drawn
from crisis_plan.evaluation.figures.queries import figures
from crisis_plan.evaluation.figures.reckoned import reckoned
from crisis_plan.evaluation.figures.rules import Cited, Figure, FigureKey
from crisis_plan.evaluation.figures.timeline import time_line
from crisis_plan.evaluation.room import citing
from crisis_plan.evaluation.room.suggestions import Suggestion, suggestions
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.pages import PAGE_SIZE

if TYPE_CHECKING:
    from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding
    from crisis_plan.evaluation.improvements.models import Improvement
    from crisis_plan.pilotage.logbook.models import LogbookEntry

SHOWN_BESIDE = 6
"""Entries named beside a figure; the others are on its own page."""


@dataclass(frozen=True)
class Working:
    """A debrief that is being written."""

    debrief: Debrief
    today: date
    figures: Sequence[Figure]
    words: str
    """Heading 1: as somebody wrote it, or as the logbook writes it."""
    time_line: TimeLine | None
    flagged: Sequence[LogbookEntry]
    """Entries « à revoir », no more than a page of them."""

    @cached_property
    def description(self) -> Sequence[Block]:
        return prose.blocks(self.words)

    @cached_property
    def lessons(self) -> Sequence[Block]:
        return prose.blocks(self.debrief.lessons)

    @cached_property
    def missing(self) -> Sequence[Missing]:
        """What stands against validating it."""
        return missing(self.debrief.meetings, self.debrief.findings, self.words)

    @cached_property
    def suggestions(self) -> Sequence[Suggestion]:
        """What it may still say; nothing that stops it."""
        return list(suggestions(self.debrief, self.figures, self.flagged))

    @cached_property
    def awaited(self) -> Sequence[Awaited]:
        return awaited(self.debrief)

    @cached_property
    def comments(self) -> Mapping[str, str]:
        """What was said of a figure, by its key."""
        return {one.figure: one.text for one in self.debrief.comments}

    @cached_property
    def withdrawn(self) -> list[DebriefFinding]:
        return [one for one in self.debrief.findings if one.withdrawn_at]

    def of_kind(self, kind: FindingKind) -> list[DebriefFinding]:
        return [one for one in self.debrief.findings if one.kind is kind and not one.withdrawn_at]

    @cached_property
    def improvements(self) -> list[Improvement]:
        """What was decided of the findings, in the order of the numbers."""
        return sorted((one for finding in self.told for one in finding.improvements), key=lambda one: one.number)

    @property
    def told(self) -> list[DebriefFinding]:
        """Findings that were not taken off."""
        return [one for one in self.debrief.findings if not one.withdrawn_at]

    @cached_property
    def findings_by_entry(self) -> Mapping[Cited, list[DebriefFinding]]:
        """Which findings rest on an entry."""
        found: dict[Cited, list[DebriefFinding]] = {}
        for finding in self.told:
            for one in finding.entries:
                found.setdefault(Cited(one.entry.part, one.entry.number), []).append(finding)
        return found

    def findings_of(self, entry: LogbookEntry) -> Sequence[DebriefFinding]:
        """Which findings rest on this entry."""
        return self.findings_by_entry.get(Cited(entry.part, entry.number), ())

    @property
    def flagged_count(self) -> int:
        return sum(len(one.entries) for one in self.figures if one.key is FigureKey.FLAGGED)


def working(cpts: Cpts, whole: Debrief, now: datetime) -> Working:
    """A debrief (from `queries.whole_or_404`) as it stands; what is asked does not grow with what it holds."""
    read = reckoned(whole, now)
    counted = figures(whole, now, read=read)
    to_review = next((one.entries for one in counted if one.key is FigureKey.FLAGGED), ())
    return Working(
        whole,
        clock.today(cpts),
        counted,
        whole.description or drawn.description(whole, counted, now, read=read),
        time_line(whole, now, read=read),
        citing.flagged_entries(whole.crisis_id, to_review[:PAGE_SIZE]) if whole.crisis_id and to_review else (),
    )


def words_of_the_log(debrief: Debrief, now: datetime) -> str:
    """Heading 1 as the logbook writes it, whatever somebody wrote."""
    read = reckoned(debrief, now)
    return drawn.description(debrief, figures(debrief, now, read=read), now, read=read)
