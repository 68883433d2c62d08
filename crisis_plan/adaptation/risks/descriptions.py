"""What a person says of a risk, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.adaptation.risks.rules import NAMED_BY_S004, NAMED_LIST, Likelihood, RiskKind, Severity
from crisis_plan.errors import RuleBroken
from crisis_plan.folding import folded

LONGEST_NAME = 160
NAMES_OF_KINDS = {folded(kind.label): kind for kind in NAMED_BY_S004}


class RiskRefused(RuleBroken):
    """A refusal that belongs beside one field of the form."""

    status = 422
    field = "name"


class Unnamed(RiskRefused):
    def __str__(self) -> str:
        return "Donnez un nom en lettres, comme «\u00a0Crue du Gardon\u00a0»."


class NameOfAnotherKind(RiskRefused):
    field = "kind"

    def __str__(self) -> str:
        return f"Ce nom est celui d’une nature de la {NAMED_LIST}\u00a0: choisissez cette nature, ou un autre nom."


class HalfJudged(RiskRefused):
    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field

    def __str__(self) -> str:
        return "Un risque se juge deux fois\u00a0: sa probabilité et sa gravité. Choisissez les deux, ou aucune."


@dataclass(frozen=True)
class RiskDescription:
    """A risk, how it is judged, and what it would reach."""

    name: str
    kind: RiskKind = RiskKind.OWN
    likelihood: Likelihood | None = None
    severity: Severity | None = None
    commune_codes: tuple[str, ...] = ()
    areas: str = ""
    facilities: str = ""
    crisis_types: tuple[CrisisType, ...] = ()
    note: str = ""

    @property
    def is_judged(self) -> bool:
        return self.likelihood is not None and self.severity is not None

    @property
    def stored(self) -> dict[str, Any]:
        """Field by field, as the table holds them. Raises `Unnamed`, `NameOfAnotherKind` or `HalfJudged`."""
        name = folded(self.name)[:LONGEST_NAME]
        if not name:
            raise Unnamed
        if NAMES_OF_KINDS.get(name, self.kind) is not self.kind:
            raise NameOfAnotherKind
        if (self.likelihood is None) is not (self.severity is None):
            raise HalfJudged("likelihood" if self.likelihood is None else "severity")
        return {
            **vars(self),
            "folded_name": name,
            "commune_codes": sorted(set(self.commune_codes)),
            "crisis_types": [one.value for one in self.crisis_types],
        }
