"""What the money asks of those who prepare the claims: lines that may be claimed, and the size that nothing settles.

The start of the mission, the update to publish and a claim that was begun are asked for by their own rooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from crisis_plan.due import Due, Rank
from crisis_plan.funding.amounts import up_to
from crisis_plan.funding.computations import Computation, Situation
from crisis_plan.funding.offers import survey
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim
    from crisis_plan.publication.models import Publication


class Offered(Protocol):
    """A line, as the to-do list says it."""

    @property
    def title(self) -> str: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def computation(self) -> Computation: ...


def funding_tasks(
    cpts: Cpts, today: date, *, claims: Sequence[Claim], versions: Sequence[Publication]
) -> Sequence[Due]:
    """For who prepares the claims: what may be claimed now, and what no amount can be known without."""
    known = survey(cpts, today, claims, versions)
    return [*size_tasks(known.situation), *line_tasks(known.offers)]


def line_tasks(offers: Iterable[Offered]) -> list[Due]:
    """« La demande « Mise à jour, année 2 de la mission » peut être préparée : 22 500 €. »"""
    return [
        Due(
            f"La demande «\u00a0{one.title}\u00a0» peut être préparée\u00a0: {_amount(one.computation)}.",
            "Ouvrir les financements",
            "cpts.funding.index",
            rank=Rank.BLOCKS_PAYMENT,
        )
        for one in offers
        if one.is_open
    ]


def size_tasks(situation: Situation) -> list[Due]:
    """Without a size there is no amount; only a CPTS that wrote a plan is asked."""
    if situation.standing.size is not None or situation.first_plan_on is None:
        return []
    sentence = f"Aucun montant ne peut être calculé\u00a0: {situation.standing.reason.label}."
    return [Due(sentence, "Voir la situation", "cpts.funding.situation", rank=Rank.BLOCKS_PAYMENT)]


def _amount(computation: Computation) -> str:
    return up_to(computation.total_cents, is_ceiling=computation.is_ceiling)
