"""What happens to a claim, one dated step after the other. Never changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.funding.claims import rules
from crisis_plan.funding.lines import ClaimState, StepKind
from crisis_plan.funding.models import Claim, ClaimStep, ClaimStepDocument
from crisis_plan.web.attachments import Attachment

SUBJECT = "claim"


class NotPossibleNow(RuleBroken):
    """The claim is in a state that does not allow it."""

    def __init__(self, state: ClaimState) -> None:
        super().__init__(
            f"Ce n’est plus possible\u00a0: la demande est «\u00a0{state.label.lower()}\u00a0». Relisez-la."
        )


@dataclass(frozen=True)
class Said:
    """What a caisse answered: the day of the act, why, how much, with its document."""

    dated_on: date
    reason: str = ""
    amount_cents: int | None = None
    document: Attachment | None = None


def record(
    claim: Claim,
    kind: StepKind,
    *,
    dated_on: date,
    by: Account,
    at: datetime,
    said: Said | None = None,
    reason: str = "",
    institution: str = "",
    revision_number: int | None = None,
    amount_cents: int | None = None,
) -> ClaimStep:
    """Write down what happened: never changed afterwards."""
    step = ClaimStep(
        claim=claim,
        kind=kind,
        dated_on=dated_on,
        recorded_at=at,
        recorded_by_id=by.id,
        recorded_by_name=by.name,
        institution=institution,
        revision_number=revision_number or (claim.revisions[-1].number if claim.revisions else None),
        amount_cents=said.amount_cents if said else amount_cents,
        reason=said.reason if said else reason,
    )
    if said and said.document:
        step.document = ClaimStepDocument(cpts_id=claim.cpts_id)
        step.document.take(said.document, by=by, at=at)
    db.session.add(step)
    return step


def move(claim: Claim, kind: StepKind) -> None:
    """Hold the claim and let this step lead it where it leads. Raises `NotPossibleNow`."""
    hold(claim)
    if not rules.may_follow(kind, claim.state):
        raise NotPossibleNow(claim.state)
    claim.state = rules.MOVES[kind].after


def changed(claim: Claim, fields: Sequence[str], *, by: Account, at: datetime) -> None:
    """Count one more version of the claim, and say in the history which fields changed."""
    claim.version += 1
    history.record(history.Verb.CHANGED, SUBJECT, claim.id, cpts_id=claim.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
