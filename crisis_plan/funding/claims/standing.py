"""Whether what a submitted claim rests on still stands. Source: domain, section 10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisis_plan.funding.claims.prepared import GONE
from crisis_plan.funding.lines import ClaimState

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim
    from crisis_plan.funding.offers import Offer

NOT_SUBMITTED = frozenset({ClaimState.PREPARING, ClaimState.ABANDONED})


def refused_since(claim: Claim, offer: Offer | None) -> str:
    """Why the line of a submitted claim would be refused today, as of a recognition withdrawn since; empty if it stands.

    `offer`: the same line as it is offered today, none when it is no more.
    """
    if claim.is_outside or claim.state in NOT_SUBMITTED:
        return ""
    return offer.refusal if offer else GONE
