"""What the matrix says: links, cards and neighbours, type by type. Source: domain, section 4.

Links are an inference, never settled. What is missing is read from it by `gaps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.orsan.catalogue import EXPECTED_KINDS, NeighbourKind, OrsanPlan

Link = tuple[CrisisType, OrsanPlan]

NOT_REVIEWED = "pas encore relue"
"""Of an action card: proposed, and read by nobody of the CPTS since."""


@dataclass(frozen=True)
class Card:
    """An action card, as far as the matrix goes; without a crisis type it serves in all and covers none."""

    number: int
    title: str
    crisis_types: frozenset[CrisisType]
    orsan_plans: frozenset[OrsanPlan]
    id: Any = None
    is_reviewed: bool = True
    """Whether somebody of the CPTS has read it since it was proposed."""

    @property
    def code(self) -> str:
        """« F2 »."""
        return f"F{self.number}"

    @property
    def told(self) -> str:
        """« F2 », or « F2 (pas encore relue) »."""
        return self.code if self.is_reviewed else f"{self.code} ({NOT_REVIEWED})"


@dataclass(frozen=True)
class Neighbour:
    """A neighbouring plan, as far as the matrix goes."""

    name: str
    kind: NeighbourKind
    crisis_types: frozenset[CrisisType]
    orsan_plans: frozenset[OrsanPlan]
    id: Any = None
    has_contact: bool = True
    is_seen: bool = True
    """Whether the CPTS has ever seen an edition of it."""


class CellState(StrEnum):
    """What stands where a crisis type meets an ORSAN plan."""

    COVERED = "covered"
    UNCOVERED = "uncovered"
    UNDECLARED = "undeclared"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            "covered": "Lié",
            "uncovered": "Sans fiche",
            "undeclared": "À déclarer",
            "none": "Aucun lien",
        }[self.value]

    @property
    def meaning(self) -> str:
        return {
            "covered": "lié, et une fiche action au moins y répond",
            "uncovered": "lié, mais aucune fiche action n’y répond",
            "undeclared": "une fiche action le dit, mais le lien n’est pas déclaré",
            "none": "ni lien, ni fiche action",
        }[self.value]

    @property
    def mark(self) -> str:
        """Its shape on paper, beside the word."""
        return {"covered": "✓", "uncovered": "▲", "undeclared": "○", "none": "–"}[self.value]

    @property
    def tone(self) -> str:
        """The badge that shows it: a word and a shape."""
        return {"covered": "ok", "uncovered": "warning", "undeclared": "info", "none": "neutral"}[self.value]


@dataclass(frozen=True)
class Cell:
    """A crisis type and an ORSAN plan: linked or not, the cards and the neighbouring plans of both."""

    crisis_type: CrisisType
    plan: OrsanPlan
    is_linked: bool
    cards: tuple[Card, ...]
    neighbours: tuple[Neighbour, ...]

    @property
    def state(self) -> CellState:
        if self.is_linked:
            return CellState.COVERED if self.cards else CellState.UNCOVERED
        return CellState.UNDECLARED if self.cards else CellState.NONE

    @property
    def is_empty(self) -> bool:
        """Nothing relates the type and the plan: their neighbouring plans are then a coincidence."""
        return self.state is CellState.NONE

    @property
    def lacks_neighbour(self) -> bool:
        return self.is_linked and not self.neighbours

    @property
    def lacks_review(self) -> bool:
        """Linked, and answered only by cards that nobody has read yet."""
        return self.state is CellState.COVERED and not any(card.is_reviewed for card in self.cards)

    @property
    def codes(self) -> str:
        """« F2, F3 (pas encore relue) »."""
        return ", ".join(card.told for card in self.cards)


@dataclass(frozen=True)
class Matrix:
    """Types × ORSAN plans × neighbouring plans."""

    cells: Mapping[Link, Cell]
    neighbours: tuple[Neighbour, ...]
    reasons: Mapping[CrisisType, str] = field(default_factory=dict)

    def row(self, crisis_type: CrisisType) -> list[Cell]:
        return [self.cells[crisis_type, plan] for plan in OrsanPlan]

    @property
    def links(self) -> frozenset[Link]:
        """The links that are declared."""
        return frozenset(where for where, cell in self.cells.items() if cell.is_linked)

    def is_linked(self, crisis_type: CrisisType) -> bool:
        """Whether an ORSAN plan at least is linked to this type."""
        return any(cell.is_linked for cell in self.row(crisis_type))

    def serving(self, crisis_type: CrisisType, kind: NeighbourKind) -> list[Neighbour]:
        """The neighbouring plans of this kind that serve in this type."""
        return [one for one in self.neighbours if one.kind is kind and crisis_type in one.crisis_types]

    def has_neighbour(self, crisis_type: CrisisType) -> bool:
        """Whether a neighbouring plan at least serves in this type."""
        return any(crisis_type in one.crisis_types for one in self.neighbours)

    def is_known(self, kind: NeighbourKind) -> bool:
        """Whether a plan of this kind is listed."""
        return any(one.kind is kind for one in self.neighbours)

    @property
    def kinds(self) -> list[NeighbourKind]:
        """The expected kinds, and « autre » when there is one."""
        return [kind for kind in NeighbourKind if kind in EXPECTED_KINDS or self.is_known(kind)]


def matrix(
    links: Iterable[Link],
    cards: Iterable[Card],
    neighbours: Iterable[Neighbour],
    reasons: Mapping[CrisisType, str] | None = None,
) -> Matrix:
    """The matrix of what is declared: every type with every plan."""
    declared, cards, neighbours = set(links), tuple(cards), tuple(neighbours)
    cells = {
        (one, plan): Cell(one, plan, (one, plan) in declared, _both(cards, one, plan), _both(neighbours, one, plan))
        for one in CrisisType
        for plan in OrsanPlan
    }
    return Matrix(cells, neighbours, dict(reasons or {}))


def unexplained(links: Iterable[Link], reasons: Mapping[CrisisType, str]) -> list[CrisisType]:
    """The types with neither an ORSAN plan nor a reason."""
    linked = {one for one, _plan in links}
    return [one for one in CrisisType if one not in linked and not reasons.get(one)]


def _both(found: tuple[Any, ...], crisis_type: CrisisType, plan: OrsanPlan) -> tuple[Any, ...]:
    """Those that name the type and the plan."""
    return tuple(one for one in found if crisis_type in one.crisis_types and plan in one.orsan_plans)
