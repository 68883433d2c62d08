"""What is missing between the CPTS’s plan, ORSAN and the neighbouring plans. What counts as a gap is our rule.

A linked type answers by an action card that was reviewed, with neighbouring plans beside it; a type without ORSAN plan
says why; of each expected kind of neighbouring plan one at least is known; of each neighbouring plan, whom to ask and
an edition that was seen (domain, section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.orsan.catalogue import EXPECTED_KINDS, NeighbourKind, OrsanPlan
from crisis_plan.orsan.matrix.rules import Card, CellState, Link, Matrix, Neighbour, unexplained
from crisis_plan.orsan.matrix.stances import Stance

NOT_CHOSEN = "Les liens entre les types de crise et les plans ORSAN ne sont pas encore choisis."
NO_NEIGHBOUR = "Aucun plan voisin n’est recensé."


class GapKind(StrEnum):
    """What may be missing."""

    TYPE_WITHOUT_PLAN = "type_without_plan"
    LINK_WITHOUT_CARD = "link_without_card"
    LINK_WITHOUT_REVIEW = "link_without_review"
    CARD_WITHOUT_LINK = "card_without_link"
    LINK_WITHOUT_NEIGHBOUR = "link_without_neighbour"
    TYPE_WITHOUT_NEIGHBOUR = "type_without_neighbour"
    KIND_WITHOUT_NEIGHBOUR = "kind_without_neighbour"
    NEIGHBOUR_WITHOUT_TYPE = "neighbour_without_type"
    NEIGHBOUR_WITHOUT_CONTACT = "neighbour_without_contact"
    NEIGHBOUR_NEVER_SEEN = "neighbour_never_seen"

    @property
    def label(self) -> str:
        return {
            "type_without_plan": "Types de crise sans plan ORSAN ni raison",
            "link_without_card": "Liens sans fiche action",
            "link_without_review": "Liens dont aucune fiche action n’est relue",
            "card_without_link": "Fiches actions sans lien déclaré",
            "link_without_neighbour": "Liens sans plan voisin",
            "type_without_neighbour": "Types de crise sans aucun plan voisin",
            "kind_without_neighbour": "Plans que personne n’a recensés",
            "neighbour_without_type": "Plans voisins sans type de crise",
            "neighbour_without_contact": "Plans voisins sans personne à qui en parler",
            "neighbour_never_seen": "Plans voisins jamais vus",
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
        unread = "fiche jamais relue" if len(self.cards) == 1 else "fiches jamais relues"
        neighbour = self.neighbour.name if self.neighbour else ""
        return {
            "type_without_plan": f"{one}\u00a0: ni plan ORSAN, ni raison.",
            "link_without_card": f"{one}\u00a0: lié à {plan}, sans fiche action.",
            "link_without_review": f"{one}\u00a0: lié à {plan}, {unread} ({codes}).",
            "card_without_link": f"{one}\u00a0: {codes} répond à {plan}, sans lien déclaré.",
            "link_without_neighbour": f"{one}\u00a0: lié à {plan}, sans plan voisin.",
            "type_without_neighbour": f"{one}\u00a0: aucun plan voisin.",
            "kind_without_neighbour": f"{self.neighbour_kind.none_known if self.neighbour_kind else ''}.",
            "neighbour_without_type": f"{neighbour}\u00a0: aucun type de crise.",
            "neighbour_without_contact": f"{neighbour}\u00a0: personne à qui en parler.",
            "neighbour_never_seen": f"{neighbour}\u00a0: jamais vu.",
        }[self.kind.value]


@dataclass(frozen=True)
class Remedy:
    """The page where a gap is filled."""

    label: str
    endpoint: str
    values: dict[str, Any]


def remedy(gap: Gap) -> Remedy:
    """Where this gap is filled."""
    if gap.neighbour and gap.kind is GapKind.NEIGHBOUR_NEVER_SEEN:
        return Remedy("Noter qu’il est vu", "cpts.neighbours.tell_sight", {"plan_id": gap.neighbour.id})
    if gap.neighbour:
        return Remedy("Compléter", "cpts.neighbours.edit", {"plan_id": gap.neighbour.id})
    if gap.kind is GapKind.LINK_WITHOUT_CARD:
        return Remedy("Ouvrir les fiches actions", "cpts.responses.index", {})
    if gap.kind is GapKind.LINK_WITHOUT_REVIEW:
        return Remedy(f"Relire la fiche {gap.cards[0].code}", "cpts.responses.show", {"card_id": gap.cards[0].id})
    if gap.kind in (GapKind.TYPE_WITHOUT_PLAN, GapKind.CARD_WITHOUT_LINK):
        return Remedy("Modifier les liens", "cpts.orsan.edit", {})
    kind = {"nature": gap.neighbour_kind.value} if gap.neighbour_kind else {}
    served = {"type": gap.crisis_type.number} if gap.crisis_type else {}
    return Remedy("Ajouter un plan voisin", "cpts.neighbours.add", {**kind, **served})


def lacks(stance: Stance | None, *, has_neighbour: bool) -> tuple[str, ...]:
    """What the requirement « orsan » lacks: links chosen once, every type linked or explained, a neighbouring plan."""
    untold = (NOT_CHOSEN,) if stance is None else [gap.sentence for gap in _unexplained(stance.links, stance.reasons)]
    return (*untold, *(() if has_neighbour else (NO_NEIGHBOUR,)))


def gaps(matrix: Matrix) -> list[Gap]:
    """All that is missing, kind by kind."""
    found = [*_of_types(matrix), *_of_cells(matrix), *_of_neighbours(matrix)]
    ranks = {kind: rank for rank, kind in enumerate(GapKind)}
    return sorted(found, key=lambda gap: ranks[gap.kind])


def _unexplained(links: Iterable[Link], reasons: Mapping[CrisisType, str]) -> list[Gap]:
    return [Gap(GapKind.TYPE_WITHOUT_PLAN, one) for one in unexplained(links, reasons)]


def _of_types(matrix: Matrix) -> Iterator[Gap]:
    yield from _unexplained(matrix.links, matrix.reasons)
    for one in CrisisType:
        if not matrix.has_neighbour(one):
            yield Gap(GapKind.TYPE_WITHOUT_NEIGHBOUR, one)


def _of_cells(matrix: Matrix) -> Iterator[Gap]:
    for cell in matrix.cells.values():
        if cell.state is CellState.UNCOVERED:
            yield Gap(GapKind.LINK_WITHOUT_CARD, cell.crisis_type, cell.plan)
        if cell.lacks_review:
            yield Gap(GapKind.LINK_WITHOUT_REVIEW, cell.crisis_type, cell.plan, cards=cell.cards)
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
        if not one.has_contact:
            yield Gap(GapKind.NEIGHBOUR_WITHOUT_CONTACT, neighbour=one)
        if not one.is_seen:
            yield Gap(GapKind.NEIGHBOUR_NEVER_SEEN, neighbour=one)
