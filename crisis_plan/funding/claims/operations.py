"""What the CPTS does with a claim that it prepares: opens it, writes in it, joins documents, gives it up."""

from __future__ import annotations

from datetime import datetime

from crisis_plan import clock, history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.errors import RuleBroken
from crisis_plan.funding.claims import queries, rules
from crisis_plan.funding.claims.steps import SUBJECT, NotPossibleNow, changed, move, record
from crisis_plan.funding.lines import ClaimState, Need, StepKind
from crisis_plan.funding.models import Claim, ClaimAttachment
from crisis_plan.funding.offers import offer_for
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import Attachment
from crisis_plan.web.uploads import MEGABYTE

MOST_JOINED = 40 * MEGABYTE
"""Bytes that the documents joined to one claim may weigh together."""


class NotOffered(RuleBroken):
    """The line cannot be claimed; the sentence says why."""


class TooHeavy(RuleBroken):
    status = 422

    def __str__(self) -> str:
        return (
            f"Les pièces jointes à une demande pèsent {MOST_JOINED // MEGABYTE} Mo au plus, toutes ensemble\u00a0: "
            "réduisez celle-ci, ou retirez-en une autre."
        )


def open_claim(cpts: Cpts, subject: str, *, by: Account, at: datetime) -> Claim:
    """Begin to claim a line, or find the claim that someone began. Raises `NotOffered` with the reason."""
    hold(cpts)
    today = clock.local(at, cpts).date()
    if found := queries.live_claim(cpts, subject):
        return found
    offer = offer_for(cpts, subject, today)
    if offer is None or offer.refusal:
        raise NotOffered(offer.refusal if offer else "Cette ligne n’est pas proposée à la CPTS.")
    claim = Claim(
        cpts_id=cpts.id,
        number=queries.next_number(cpts),
        line=offer.line,
        mission_year=offer.mission_year,
        crisis_id=offer.crisis.id if offer.crisis else None,
        subject=subject,
        title=offer.title[:200],
        state=ClaimState.PREPARING,
        opened_at=at,
        opened_by_id=by.id,
        opened_by_name=by.name,
    )
    db.session.add(claim)
    db.session.flush()
    record(claim, StepKind.OPENED, dated_on=today, by=by, at=at)
    history.record(history.Verb.CREATED, SUBJECT, claim.id, cpts_id=cpts.id, by=by, at=at)
    db.session.flush()
    return claim


def write(claim: Claim, *, note: str, wanted_cents: int | None, seen_version: int, by: Account, at: datetime) -> None:
    """What the CPTS adds to its file, and the amount that it wants of a ceiling. Raises `Stale`, `NotPossibleNow`."""
    take(claim, seen_version)
    _hold_prepared(claim)
    written = {"note": note, **({"wanted_cents": wanted_cents} if claim.line.is_ceiling else {})}
    fields = [name for name, value in written.items() if getattr(claim, name) != value]
    for name in fields:
        setattr(claim, name, written[name])
    if fields:
        changed(claim, fields, by=by, at=at)


def attach(claim: Claim, need: Need, label: str, file: Attachment, *, by: Account, at: datetime) -> ClaimAttachment:
    """Add a document as the proof of a need. Raises `NotPossibleNow`, `TooHeavy`."""
    _hold_prepared(claim)
    held = sum(one.size for one in claim.attached if one.withdrawn_at is None)
    if held + len(file.content) > MOST_JOINED:
        raise TooHeavy
    joined = ClaimAttachment(claim_id=claim.id, need=need, label=label)
    joined.take(file, by=by, at=at)
    db.session.add(joined)
    changed(claim, ["attached"], by=by, at=at)
    return joined


def withdraw_attachment(claim: Claim, joined: ClaimAttachment, *, by: Account, at: datetime) -> None:
    """Take a document off what will be submitted; revisions already submitted keep it. Raises `NotPossibleNow`."""
    _hold_prepared(claim)
    hold(joined)
    if joined.withdrawn_at is None:
        joined.withdrawn_at = at
        changed(claim, ["attached"], by=by, at=at)


def abandon(claim: Claim, *, reason: str, by: Account, at: datetime) -> None:
    """Give it up before it was ever submitted: its line may be claimed again. Raises `NotPossibleNow`."""
    move(claim, StepKind.ABANDONED)
    record(claim, StepKind.ABANDONED, dated_on=clock.local(at, claim.cpts).date(), reason=reason, by=by, at=at)
    changed(claim, ["state"], by=by, at=at)


def _hold_prepared(claim: Claim) -> None:
    """Hold it while the CPTS may still change what it will submit. Raises `NotPossibleNow`."""
    hold(claim)
    if claim.state not in rules.PREPARED or claim.is_outside:
        raise NotPossibleNow(claim.state)
