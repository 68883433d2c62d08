"""Why a claim cannot be submitted, each refusal in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_plan.errors import RuleBroken
from crisis_plan.funding.claims.pieces import Gap
from crisis_plan.web.formats import file_size
from crisis_plan.web.uploads import MEGABYTE

MOST_BYTES = 80 * MEGABYTE
"""What all the pieces of one revision may weigh together."""


class CannotBeSubmitted(RuleBroken):
    """The line itself refuses; the sentence says why."""

    status = 422


class MissingPieces(RuleBroken):
    """Something is not proved, and nobody said to submit all the same; `missing` says what."""

    status = 422

    def __init__(self, missing: Sequence[Gap]) -> None:
        super().__init__("Des pièces manquent\u00a0: complétez-les, ou cochez «\u00a0Déposer sans ces pièces\u00a0».")
        self.missing = missing


class ClaimMoved(RuleBroken):
    def __str__(self) -> str:
        return (
            "Ce que la demande prouve ou calcule a changé pendant sa mise en page. Rien n’a été déposé\u00a0: relisez, puis "
            "déposez de nouveau."
        )


class TooHeavyToSubmit(RuleBroken):
    status = 422

    def __init__(self, size: int) -> None:
        super().__init__(
            f"Les pièces pèsent {file_size(size)} ensemble, une demande en porte {MOST_BYTES // MEGABYTE} Mo au plus\u00a0: "
            "retirez ou réduisez celles que vous avez jointes."
        )


class PrintFailed(RuleBroken):
    status = 500

    def __str__(self) -> str:
        return "Le PDF n’a pas pu être produit en entier. Rien n’a été déposé."
