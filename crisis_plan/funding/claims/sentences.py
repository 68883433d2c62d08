"""What the claims ask of those who prepare them: pure, their evidence is not gathered for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from crisis_plan.due import Due, Rank
from crisis_plan.funding.claims.rules import PREPARED
from crisis_plan.funding.lines import ClaimState

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim


def claim_tasks(claims: Iterable[Claim]) -> Sequence[Due]:
    """Of these claims with their steps: what a caisse waits for, then what was begun and never submitted."""
    waited_for = PREPARED - {ClaimState.REFUSED}
    found = [one for one in claims if one.state in waited_for and not one.is_outside]
    asked = [one for one in found if one.state is ClaimState.COMPLEMENT]
    return [*map(_complement, asked), *(_begun(one) for one in found if one not in asked)]


def _complement(claim: Claim) -> Due:
    step = claim.steps[-1]
    who = step.institution or "La caisse"
    sentence = f"{who} demande un complément pour la demande n°\u00a0{claim.number} ({claim.title})."
    return _due(claim, sentence, "Répondre au complément")


def _begun(claim: Claim) -> Due:
    sentence = f"La demande n°\u00a0{claim.number} ({claim.title}) est commencée et n’est pas encore déposée."
    return _due(claim, sentence, "Ouvrir la demande")


def _due(claim: Claim, sentence: str, action: str) -> Due:
    return Due(sentence, action, "cpts.claims.show", {"claim_id": claim.id}, rank=Rank.BLOCKS_PAYMENT)
