"""What a person says of a place, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded

LONGEST_NAME = 160


class Unnamed(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Donnez un nom en lettres, comme «\u00a0Salle des fêtes\u00a0»."


@dataclass(frozen=True)
class PlaceDescription:
    """A place, what it offers, and whom to ask for it."""

    name: str
    kind: str = ""
    address: str = ""
    postal_code: str = ""
    commune: str = ""
    capacity: int | None = None
    capacity_note: str = ""
    keys: str = ""
    access: str = ""
    power: str = ""
    network: str = ""
    contact_id: UUID | None = None
    crisis_types: tuple[CrisisType, ...] = ()
    checked_on: date | None = None
    note: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the table holds them. Raises `Unnamed` when there is nothing to read in the name."""
        return {
            **vars(self),
            "folded_name": folded_name(self.name, self.commune),
            "crisis_types": [one.value for one in self.crisis_types],
        }


def folded_name(name: str, commune: str) -> str:
    """What makes two places one: the same name in the same commune. Raises `Unnamed`."""
    if not folded(name):
        raise Unnamed
    return folded(f"{name} {commune}")[:LONGEST_NAME]
