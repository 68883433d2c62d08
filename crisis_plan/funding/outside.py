"""A line that was claimed or paid outside the tool: recorded, and not offered again. Source: domain, section 10."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold
from crisis_plan.errors import RuleBroken
from crisis_plan.funding.claims.queries import live_claim, next_number
from crisis_plan.funding.lines import ClaimState, FundingLine, StepKind
from crisis_plan.funding.models import Claim, ClaimStep, ClaimStepDocument
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import Attachment

SUBJECT = "claim"
STATES = (ClaimState.SUBMITTED, ClaimState.ACCEPTED, ClaimState.PAID)
"""How far it went outside."""


class AlreadyClaimed(RuleBroken):
    """A line is claimed once."""

    status = 422

    def __init__(self, claim: Claim | None = None) -> None:
        where = f"la demande n°\u00a0{claim.number}, {claim.state.label.lower()}" if claim else "une autre demande"
        super().__init__(f"Cette ligne a déjà sa demande\u00a0: {where}. Elle ne se demande qu’une fois.")


class NotYet(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return "Cette date n’est pas encore passée."


@dataclass(frozen=True)
class Subject:
    """A line that may be claimed once: of the mission, or of a crisis."""

    key: str
    line: FundingLine
    title: str
    mission_year: int | None = None
    crisis_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Recorded:
    """What happened outside."""

    state: ClaimState
    dated_on: date
    amount_cents: int
    note: str = ""
    document: Attachment | None = None


def record(cpts: Cpts, subject: Subject, recorded: Recorded, *, today: date, by: Account, at: datetime) -> Claim:
    """Keep a line as claimed outside the tool. Raises `AlreadyClaimed` or `NotYet`."""
    hold(cpts)
    if recorded.dated_on > today:
        raise NotYet
    if claim := live_claim(cpts, subject.key):
        raise AlreadyClaimed(claim)
    claim = _claim(cpts, subject, recorded, by=by, at=at)
    try:
        with db.session.begin_nested():
            db.session.add(claim)
    except IntegrityError:
        raise AlreadyClaimed from None
    claim.steps.append(_step(cpts, recorded, by=by, at=at))
    history.record(history.Verb.CREATED, SUBJECT, claim.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return claim


def withdraw(claim: Claim, *, reason: str, today: date, by: Account, at: datetime) -> None:
    """It was recorded by mistake: abandoned, its line may be claimed again. Nothing once it is withdrawn already."""
    hold(claim)
    if claim.state is ClaimState.ABANDONED:
        return
    claim.state = ClaimState.ABANDONED
    claim.version += 1
    claim.steps.append(
        ClaimStep(kind=StepKind.ABANDONED, dated_on=today, reason=reason, **_author(by, at)),
    )
    history.record(history.Verb.CHANGED, SUBJECT, claim.id, cpts_id=claim.cpts_id, by=by, at=at, fields=["state"])
    db.session.flush()


def _claim(cpts: Cpts, subject: Subject, recorded: Recorded, *, by: Account, at: datetime) -> Claim:
    """The amount is what was asked; agreed and paid, as far as it went."""
    amount, state = recorded.amount_cents, recorded.state
    return Claim(
        cpts_id=cpts.id,
        number=next_number(cpts),
        line=subject.line,
        mission_year=subject.mission_year,
        crisis_id=subject.crisis_id,
        subject=subject.key,
        title=subject.title[:200],
        is_outside=True,
        state=state,
        note=recorded.note,
        asked_cents=amount,
        agreed_cents=amount if state in (ClaimState.ACCEPTED, ClaimState.PAID) else None,
        paid_cents=amount if state is ClaimState.PAID else None,
        opened_at=at,
        opened_by_id=by.id,
        opened_by_name=by.name,
    )


def _step(cpts: Cpts, recorded: Recorded, *, by: Account, at: datetime) -> ClaimStep:
    step = ClaimStep(
        kind=StepKind(recorded.state.value),
        dated_on=recorded.dated_on,
        amount_cents=recorded.amount_cents,
        **_author(by, at),
    )
    if recorded.document:
        step.document = ClaimStepDocument(cpts_id=cpts.id)
        step.document.take(recorded.document, by=by, at=at)
    return step


def _author(by: Account, at: datetime) -> dict[str, object]:
    return {"recorded_at": at, "recorded_by_id": by.id, "recorded_by_name": by.name}
