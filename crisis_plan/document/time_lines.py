"""A time line: the drawing, and the table that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from crisis_plan.document.drawings import Drawing
from crisis_plan.document.drawn_lanes import drawn
from crisis_plan.document.lanes import Curve, Lane, Tick
from crisis_plan.document.revisions import Revision
from crisis_plan.document.tables import Table


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What happened between two moments, drawn; and the table that says the same in words.

    What the drawing itself says is read in every edition; only cells and rows of the table may be restricted.
    """

    kind: ClassVar[str] = "timeline"

    caption: str
    starts: str
    ends: str
    """The two moments, in words."""
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    curve: Curve | None
    table: Table
    restricted: bool = False
    mark: Revision = Revision.KEPT

    def drawing(self, width: float) -> Drawing:
        """Where everything stands, so many units wide; the words are 14 units high."""
        return drawn(self.ticks, self.lanes, self.curve, width)

    @property
    def in_words(self) -> Table:
        """Its table, for the same readers."""
        return replace(self.table, restricted=self.restricted or self.table.restricted)
