"""What is missing between the CPTS’s plan, ORSAN and the neighbouring plans. What counts as a gap is our rule.

A linked type answers by an action card, with neighbouring plans beside it; a type without ORSAN plan says why; of each
expected kind of neighbouring plan one at least is known (domain, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.orsan.catalogue import EXPECTED_KINDS, NeighbourKind, OrsanPlan
from crisis_plan.orsan.matrix.rules import Card, CellState, Matrix, Neighbour


class GapKind(StrEnum):
    """What may be missing."""

    TYPE_WITHOUT_PLAN = "type_without_plan"
    LINK_WITHOUT_CARD = "link_without_card"
    CARD_WITHOUT_LINK = "card_without_link"
    LINK_WITHOUT_NEIGHBOUR = "link_without_neighbour"
    TYPE_WITHOUT_NEIGHBOUR = "type_without_neighbour"
    KIND_WITHOUT_NEIGHBOUR = "kind_without_neighbour"
    NEIGHBOUR_WITHOUT_TYPE = "neighbour_without_type"

    @property
    def label(self) -> str:
        return {
            "type_without_plan": "Types de crise sans plan ORSAN ni raison",
            "link_without_card": "Liens sans fiche action",
            "card_without_link": "Fiches actions sans lien déclaré",
            "link_without_neighbour": "Liens sans plan voisin",
            "type_without_neighbour": "Types de crise sans aucun plan voisin",
            "kind_without_neighbour": "Plans que personne n’a recensés",
            "neighbour_without_type": "Plans voisins sans type de crise",
        }[self.value]


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and where."""

    kind: GapKind
    crisis_type: CrisisType | None = None
    plan: OrsanPlan | None = None
    neighbour_kind: NeighbourKind | None = None
    cards: tuple[Card, ...] = ()
    neighbour: Neighbour | None = None

    @property
    def sentence(self) -> str:
        one = f"Type\u00a0{self.crisis_type.number}, {self.crisis_type.label.lower()}" if self.crisis_type else ""
        plan = self.plan.label if self.plan else ""
        codes = ", ".join(card.code for card in self.cards)
        return {
            "type_without_plan": f"{one}\u00a0: ni plan ORSAN, ni raison.",
            "link_without_card": f"{one}\u00a0: lié à {plan}, sans fiche action.",
            "card_without_link": f"{one}\u00a0: {codes} répond à {plan}, sans lien déclaré.",
            "link_without_neighbour": f"{one}\u00a0: lié à {plan}, sans plan voisin.",
            "type_without_neighbour": f"{one}\u00a0: aucun plan voisin.",
            "kind_without_neighbour": f"{self.neighbour_kind.none_known if self.neighbour_kind else ''}.",
            "neighbour_without_type": f"{self.neighbour.name if self.neighbour else ''}\u00a0: aucun type de crise.",
        }[self.kind.value]


@dataclass(frozen=True)
class Remedy:
    """The page where a gap is filled."""

    label: str
    endpoint: str
    values: dict[str, Any]


def remedy(gap: Gap) -> Remedy:
    """Where this gap is filled."""
    if gap.neighbour:
        return Remedy("Compléter", "cpts.neighbours.edit", {"plan_id": gap.neighbour.id})
    if gap.kind is GapKind.LINK_WITHOUT_CARD:
        return Remedy("Ouvrir les fiches actions", "cpts.responses.index", {})
    if gap.kind in (GapKind.TYPE_WITHOUT_PLAN, GapKind.CARD_WITHOUT_LINK):
        return Remedy("Modifier les liens", "cpts.orsan.edit", {})
    kind = {"nature": gap.neighbour_kind.value} if gap.neighbour_kind else {}
    served = {"type": gap.crisis_type.number} if gap.crisis_type else {}
    return Remedy("Ajouter un plan voisin", "cpts.neighbours.add", {**kind, **served})


def gaps(matrix: Matrix) -> list[Gap]:
    """All that is missing, kind by kind."""
    found = [*_of_types(matrix), *_of_cells(matrix), *_of_neighbours(matrix)]
    ranks = {kind: rank for rank, kind in enumerate(GapKind)}
    return sorted(found, key=lambda gap: ranks[gap.kind])


def _of_types(matrix: Matrix) -> Iterator[Gap]:
    for one in CrisisType:
        if not matrix.is_linked(one) and not matrix.reasons.get(one):
            yield Gap(GapKind.TYPE_WITHOUT_PLAN, one)
        if not matrix.has_neighbour(one):
            yield Gap(GapKind.TYPE_WITHOUT_NEIGHBOUR, one)


def _of_cells(matrix: Matrix) -> Iterator[Gap]:
    for cell in matrix.cells.values():
        if cell.state is CellState.UNCOVERED:
            yield Gap(GapKind.LINK_WITHOUT_CARD, cell.crisis_type, cell.plan)
        if cell.state is CellState.UNDECLARED:
            yield Gap(GapKind.CARD_WITHOUT_LINK, cell.crisis_type, cell.plan, cards=cell.cards)
        if cell.lacks_neighbour:
            yield Gap(GapKind.LINK_WITHOUT_NEIGHBOUR, cell.crisis_type, cell.plan)


def _of_neighbours(matrix: Matrix) -> Iterator[Gap]:
    for kind in EXPECTED_KINDS:
        if not matrix.is_known(kind):
            yield Gap(GapKind.KIND_WITHOUT_NEIGHBOUR, neighbour_kind=kind)
    for one in matrix.neighbours:
        if not one.crisis_types:
            yield Gap(GapKind.NEIGHBOUR_WITHOUT_TYPE, neighbour=one)
