"""What the page of the deadlines shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crisis_plan.organisations.models import Cpts
from crisis_plan.yearly_update.deadlines import queries, rules
from crisis_plan.yearly_update.deadlines.doubts import contradictions, missing
from crisis_plan.yearly_update.deadlines.queries import Kept
from crisis_plan.yearly_update.deadlines.rules import Deadline, DeadlineKind, MissionYear
from crisis_plan.yearly_update.deadlines.strip import Window, YearStrip, year_strip


@dataclass(frozen=True)
class Shown:
    """The deadlines, the years and the contract, as of a day."""

    today: date
    strip: YearStrip
    listed: Sequence[Deadline]
    """What is to be done, and whatever else the strip shows, by day."""
    years: Sequence[MissionYear]
    anniversaries: Sequence[Deadline]
    documents: Sequence[Kept]
    missing: Sequence[str]
    doubts: Sequence[str]
    counted_from: date | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all can be counted yet."""
        return not self.listed and not self.years and not self.anniversaries


def shown(cpts: Cpts, today: date) -> Shown:
    deadlines, years = queries.deadlines_of(cpts, today), queries.mission_years_of(cpts, today)
    window = Window(today)
    return Shown(
        today=today,
        strip=year_strip(deadlines, years, today),
        listed=[one for one in deadlines if one.kind.is_to_do or window.shows(one)],
        years=years,
        anniversaries=[one for one in deadlines if one.kind is DeadlineKind.ANNIVERSARY],
        documents=queries.kept_documents(cpts),
        missing=missing(cpts),
        doubts=contradictions(cpts, today),
        counted_from=rules.signed_on(cpts),
    )
