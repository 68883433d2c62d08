"""What a person says of a line, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.crisis_types import CrisisType

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


@dataclass(frozen=True)
class ArrangementDescription:
    """What is needed, what is answered, who and where, in which crises."""

    what: str
    answer: str = ""
    function: CellFunction | None = None
    who: str = ""
    place: Place | None = None
    where: str = ""
    crisis_types: tuple[CrisisType, ...] = ()
    care: CareKind | None = None
    within_hours: int | None = None

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the line holds them."""
        return vars(self) | {"crisis_types": [one.value for one in self.crisis_types]}
