"""The evidence of a claim: found by itself for each of its needs, then what the CPTS joined. Source: domain, section 10."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan import clock
from crisis_plan.funding.claims import crisis_pieces, plan_pieces
from crisis_plan.funding.claims.pieces import Evidence, Found, Gap, Piece, together
from crisis_plan.funding.lines import FundingLine, Need
from crisis_plan.web.attachments import EXTENSIONS

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim, ClaimAttachment

BY_HAND = Gap(
    Need.APPLIED,
    "L’outil ne connaît pas les actions de crise de 2021\u00a0: joignez ce qui les prouve.",
)


def evidence_of(claim: Claim, now: datetime) -> Evidence:
    """What proves this claim today, and what does not yet. Raises `PlayedNotReal` for an exercise."""
    return Evidence(claim.line, together((_found(claim, now), Found(tuple(_joined(claim))))))


def _found(claim: Claim, now: datetime) -> Found:
    today = clock.local(now, claim.cpts).date()
    match claim.line:
        case FundingLine.FIRST_WRITING:
            return plan_pieces.first_writing(claim.cpts, now, today)
        case FundingLine.UPDATE:
            return plan_pieces.update(claim.cpts, claim.mission_year or 0, now, today)
        case FundingLine.CRISIS:
            return crisis_pieces.of_crisis(claim.cpts, claim.crisis, now) if claim.crisis else Found()
        case FundingLine.PROVISION_2021:
            return Found(gaps=(BY_HAND,))


def _joined(claim: Claim) -> list[Piece]:
    """What the CPTS added and did not withdraw, in the order in which it was added."""
    return [
        Piece(
            key=f"jointe-{one.id}",
            need=one.need,
            label=one.label,
            extension=EXTENSIONS.get(one.media_type, "bin"),
            mark=one.sha256,
            read=_bytes_of(one),
            attachment_id=one.id,
        )
        for one in claim.attached
        if one.withdrawn_at is None
    ]


def _bytes_of(attachment: ClaimAttachment) -> Callable[[], bytes]:
    return lambda: attachment.content
