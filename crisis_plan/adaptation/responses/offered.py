"""What a card may name: levels, functions of the cell, places and professions, as this CPTS knows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from crisis_plan.adaptation.levels import queries as levels
from crisis_plan.adaptation.places import queries as places
from crisis_plan.anticipation.directory import headcounts
from crisis_plan.anticipation.directory.professions import PROPOSED
from crisis_plan.folding import folded
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell

if TYPE_CHECKING:
    from crisis_plan.adaptation.levels.models import Level
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


@dataclass(frozen=True)
class Offered:
    """The rows of other rooms that a card of this CPTS may name."""

    levels: Sequence[Level]
    functions: Sequence[CellFunction]
    places: Sequence[Place]

    def chosen(self, name: str, wanted: Collection[UUID]) -> list[Level | CellFunction | Place]:
        """Those of these identities; one that is no longer there is left out."""
        rows: Sequence[Level | CellFunction | Place] = getattr(self, name)
        return [row for row in rows if row.id in wanted]


def offered(cpts: Cpts) -> Offered:
    return Offered(levels.levels(cpts), crisis_cell.functions_alone(cpts), places.places(cpts))


def professions(cpts: Cpts, named: Collection[str] = ()) -> list[str]:
    """The usual professions, those that adherents have otherwise, and those that a card names already."""
    theirs = {one.heading for one in headcounts.by_profession(cpts) if one.adherents and one.heading}
    return [*PROPOSED, *sorted({*theirs, *named} - set(PROPOSED), key=folded)]
