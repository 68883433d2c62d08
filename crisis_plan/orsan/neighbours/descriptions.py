"""What a person says of a neighbouring plan, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded
from crisis_plan.orsan.catalogue import NeighbourKind, OrsanPlan
from crisis_plan.orsan.neighbours.rules import proposed_check

LONGEST_NAME = 160


class NeighbourRefused(RuleBroken):
    """A refusal that belongs beside one field of the form."""

    status = 422
    field = "name"


class Unnamed(NeighbourRefused):
    def __str__(self) -> str:
        return "Donnez un nom en lettres, comme «\u00a0Plan bleu de l’EHPAD Les Oliviers\u00a0»."


@dataclass(frozen=True)
class NeighbourDescription:
    """A plan of someone else, the edition that was seen, and what each side asks of the other."""

    name: str
    kind: NeighbourKind
    own_kind: str = ""
    owner: str = ""
    contact_id: UUID | None = None
    edition: str = ""
    edition_seen_on: date | None = None
    address: str = ""
    whereabouts: str = ""
    asks_of_cpts: str = ""
    asked_by_cpts: str = ""
    crisis_types: tuple[CrisisType, ...] = ()
    orsan_plans: tuple[OrsanPlan, ...] = ()
    next_check_on: date | None = None
    note: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the table holds them; a plan that was seen has a next check. Raises `Unnamed`."""
        next_check_on = self.next_check_on
        if next_check_on is None and self.edition_seen_on:
            next_check_on = proposed_check(self.edition_seen_on)
        return {
            **vars(self),
            "folded_name": folded_name(self.name),
            "crisis_types": [one.value for one in self.crisis_types],
            "orsan_plans": [one.value for one in self.orsan_plans],
            "next_check_on": next_check_on,
        }


def folded_name(name: str) -> str:
    """What makes two plans one: the same name. Raises `Unnamed`."""
    if not folded(name):
        raise Unnamed
    return folded(name)[:LONGEST_NAME]
