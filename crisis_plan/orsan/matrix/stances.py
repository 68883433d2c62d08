"""What a CPTS says of ORSAN, before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.orsan.catalogue import PROPOSED_LINKS, Provision
from crisis_plan.orsan.matrix.rules import Link

NONE_BY_ITSELF = "Aucun des cinq plans n’y répond à lui seul."
"""Proposed for the fifth type: what the domain says of it (section 4)."""


@dataclass(frozen=True)
class Stance:
    """The links, why some types have none, and what the CPTS can bring to each provision."""

    links: frozenset[Link] = frozenset()
    reasons: Mapping[CrisisType, str] = field(default_factory=dict)
    provisions: Mapping[Provision, str] = field(default_factory=dict)


PROPOSED = Stance(
    frozenset((one, plan) for one, plans in PROPOSED_LINKS.items() for plan in plans),
    {one: NONE_BY_ITSELF for one, plans in PROPOSED_LINKS.items() if not plans},
)
"""Shown before a CPTS has chosen, said to be a proposal."""
