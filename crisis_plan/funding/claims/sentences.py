"""What the claims ask of those who prepare them: cheap to say, their evidence is not gathered for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crisis_plan.due import Due, Rank
from crisis_plan.funding.claims.queries import being_prepared
from crisis_plan.funding.lines import ClaimState
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim


def claim_tasks(cpts: Cpts) -> Sequence[Due]:
    """What a caisse waits for, then what was begun and never submitted; two statements."""
    found = being_prepared(cpts)
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
