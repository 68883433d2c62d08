"""A claim as it stands at one moment: what it would say and join, before its pieces are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crisis_plan.access.models import Account
from crisis_plan.document import serial
from crisis_plan.document.blocks import Block, Document
from crisis_plan.funding.claims.paper import Numbered, Submission, claim_paper, counted_blocks
from crisis_plan.funding.claims.prepared import Prepared, prepare

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim


@dataclass(frozen=True)
class Frozen:
    """A claim as it stands at one moment, before its pieces are printed."""

    prepared: Prepared
    counted: tuple[Block, ...]
    submission: Submission

    def paper(self, pieces: Sequence[Numbered] = (), unread: Sequence[str] = ()) -> Document:
        return claim_paper(self.prepared, self.submission, pieces, self.counted, unread)

    @property
    def trace(self) -> bytes:
        """What differs as soon as anything that it says or joins does."""
        marks = "\n".join(f"{one.key} {one.label} {one.mark}" for one in self.prepared.evidence.pieces)
        return serial.canonical_bytes(self.paper()) + marks.encode()


def freeze(claim: Claim, role: str, by: Account, at: datetime) -> Frozen:
    """Everything, read now. Raises `PlayedNotReal` for an exercise."""
    prepared = prepare(claim, at)
    number = max((one.number for one in claim.revisions), default=0) + 1
    return Frozen(prepared, counted_blocks(prepared), Submission(number, by.name, role))


def evidence_json(prepared: Prepared, pieces: Sequence[Numbered]) -> dict[str, Any]:
    """The pieces as a revision keeps them, what was missing, what was said of them."""
    return {
        "pieces": [
            {
                "number": one.number,
                "need": one.need.value,
                "label": one.label,
                "file_name": one.file_name,
                "sha256": one.sha256,
                "size": one.size,
            }
            for one in pieces
        ],
        "missing": [gap.sentence for gap in prepared.evidence.missing],
        "to_check": [gap.to_check for gap in prepared.evidence.to_check],
        "remarks": list(prepared.evidence.remarks),
        "asks_up_to": prepared.asks_up_to,
    }
