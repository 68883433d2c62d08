"""Taking back a claim that was submitted and not accepted: its line is free again, its revisions stay readable."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.access.models import Account
from crisis_plan.funding.claims import rules
from crisis_plan.funding.claims.mails import tell_it_is_taken_back
from crisis_plan.funding.claims.steps import NotPossibleNow, changed, move, record
from crisis_plan.funding.lines import StepKind

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim


def may_be_taken_back(claim: Claim) -> bool:
    """Whether it was submitted here, and no caisse accepted it."""
    return not claim.is_outside and rules.may_follow(StepKind.WITHDRAWN, claim.state)


def take_back(claim: Claim, *, reason: str, by: Account, at: datetime) -> None:
    """The CPTS no longer asks; the readers of the caisse are told. Raises `NotPossibleNow`."""
    if not may_be_taken_back(claim):
        raise NotPossibleNow(claim.state)
    move(claim, StepKind.WITHDRAWN)
    record(claim, StepKind.WITHDRAWN, dated_on=clock.local(at, claim.cpts).date(), reason=reason, by=by, at=at)
    changed(claim, ["state"], by=by, at=at)
    tell_it_is_taken_back(claim, at=at)
