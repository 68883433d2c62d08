"""What a person says of a level, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crisis_plan.adaptation.levels.rules import SILENCE_REMINDER_MINUTES
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.anticipation.stock.models import StockItem
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


class Unnamed(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Donnez un nom en lettres, comme «\u00a0Pré-alerte\u00a0»."


@dataclass(frozen=True)
class LevelDescription:
    """A level: what leads to it, who decides, what it sets in motion and at what pace."""

    name: str
    criteria: str = ""
    decided_by: str = ""
    mobilises: str = ""
    report_every_minutes: int | None = None
    silence_reminder_minutes: int | None = SILENCE_REMINDER_MINUTES
    functions: tuple[CellFunction, ...] = ()
    items: tuple[StockItem, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the level holds them. Raises `Unnamed` when there is nothing to read in the name."""
        if not folded(self.name):
            raise Unnamed
        chosen = {name: list(getattr(self, name)) for name in ("functions", "items", "places")}
        return vars(self) | chosen | {"folded_name": folded(self.name)[:80]}
