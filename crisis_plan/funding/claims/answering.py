"""What a caisse answers, recorded by its reader or by the CPTS that was told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.db import hold
from crisis_plan.errors import Stale
from crisis_plan.funding.claims import rules
from crisis_plan.funding.claims.mails import tell_the_cpts
from crisis_plan.funding.claims.steps import NotPossibleNow, Said, changed, move, record
from crisis_plan.funding.lines import StepKind
from crisis_plan.organisations.models import Institution

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim, ClaimStep


def answer(
    claim: Claim,
    kind: StepKind,
    said: Said,
    *,
    institution: Institution | None,
    seen_steps: int,
    by: Account,
    at: datetime,
) -> ClaimStep:
    """Record what the caisse said: a complement asked, a decision, the total paid so far.

    `institution`: the caisse in whose name it is recorded; none: the CPTS records what it was told.
    `seen_steps`: how many steps whoever answers had read. Raises `Stale` when there are more, `NotPossibleNow`.
    """
    hold(claim)
    allowed = rules.answers(claim.state, by_caisse=bool(institution), was_decided_by_caisse=decided_by_caisse(claim))
    if not any(kind in one.steps for one in allowed):
        raise NotPossibleNow(claim.state)
    if len(claim.steps) != seen_steps:
        raise Stale
    move(claim, kind)
    if kind in (StepKind.ACCEPTED, StepKind.REFUSED):
        claim.agreed_cents = said.amount_cents if kind is StepKind.ACCEPTED else None
    if kind is StepKind.PAID:
        claim.paid_cents = said.amount_cents
    name = institution.name if institution else ""
    step = record(claim, kind, dated_on=said.dated_on, said=said, institution=name, by=by, at=at)
    changed(claim, ["state"], by=by, at=at)
    if institution:
        tell_the_cpts(claim, step, at=at)
    return step


def decided_by_caisse(claim: Claim) -> bool:
    """Whether the decision that stands was recorded by the caisse itself."""
    decisions = [one for one in claim.steps if one.kind in (StepKind.ACCEPTED, StepKind.REFUSED)]
    return bool(decisions and decisions[-1].institution)
