"""What a person says of an action card, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded
from crisis_plan.orsan.catalogue import OrsanPlan

WORDS = ("title", "trigger", "protection", "material_note", "places_note", "stop")
"""What is written in words, stored as it is typed."""
NAMED = ("levels", "functions", "places")
"""The rows of other rooms that a card names."""


class Untitled(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Donnez un titre en lettres, comme «\u00a0Première heure\u00a0»."


@dataclass(frozen=True)
class CardDescription:
    """A card without its steps and its other lists. Raises `Untitled` when there is nothing to read in the title."""

    title: str
    crisis_types: tuple[CrisisType, ...] = ()
    orsan_plans: tuple[OrsanPlan, ...] = ()
    professions: tuple[str, ...] = ()
    levels: frozenset[UUID] = frozenset()
    functions: frozenset[UUID] = frozenset()
    places: frozenset[UUID] = frozenset()
    trigger: str = ""
    protection: str = ""
    material_note: str = ""
    places_note: str = ""
    stop: str = ""

    def __post_init__(self) -> None:
        if not folded(self.title):
            raise Untitled

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the card's own table holds them."""
        return {
            **{name: getattr(self, name) for name in WORDS},
            "crisis_types": [one.value for one in CrisisType if one in self.crisis_types],
            "orsan_plans": [one.value for one in OrsanPlan if one in self.orsan_plans],
            "professions": sorted(self.professions, key=folded),
        }
