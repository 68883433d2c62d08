"""Submitting a claim: all or nothing. Freeze → print → check → hash → store, as the plan is published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.access.models import Account
from crisis_plan.db import db, writing
from crisis_plan.document import leaflet, serial
from crisis_plan.document.blocks import Document, Edition
from crisis_plan.errors import Stale
from crisis_plan.funding.claims import rules
from crisis_plan.funding.claims.archive import ITSELF, packed
from crisis_plan.funding.claims.freezing import Frozen, evidence_json, freeze
from crisis_plan.funding.claims.mails import tell_the_caisse
from crisis_plan.funding.claims.paper import Numbered
from crisis_plan.funding.claims.pieces import Piece
from crisis_plan.funding.claims.prepared import Prepared
from crisis_plan.funding.claims.refusals import (
    MOST_BYTES,
    CannotBeSubmitted,
    ClaimMoved,
    MissingPieces,
    PrintFailed,
    TooHeavyToSubmit,
)
from crisis_plan.funding.claims.steps import NotPossibleNow, changed, move, record
from crisis_plan.funding.lines import StepKind
from crisis_plan.funding.rates import rate_set_json
from crisis_plan.funding.revision_models import ClaimFile, ClaimRevision
from crisis_plan.publication.rules import is_whole_pdf
from crisis_plan.web.attachments import PDF

if TYPE_CHECKING:
    from crisis_plan.funding.models import Claim

ZIP = "application/zip"


def submit(
    claim: Claim, *, role: str, without_missing: bool, seen_version: int, by: Account, at: datetime
) -> ClaimRevision:
    """Freeze the claim with its pieces: nothing of this revision changes afterwards.

    Prints first, outside any lock; then takes the lock and stores only if nothing moved meanwhile. Raises
    `NotPossibleNow`, `Stale`, `CannotBeSubmitted`, `MissingPieces`, `TooHeavyToSubmit`, `ClaimMoved`, `PrintFailed`.
    """
    frozen = freeze(claim, role, by, at)
    _refuse(frozen.prepared, without_missing=without_missing, seen_version=seen_version)
    before = frozen.trace
    read = [(piece, piece.read()) for piece in frozen.prepared.evidence.pieces]
    _weigh(read)
    kept = [(piece, content) for piece, content in read if content]
    pieces = [_numbered(rank, *one) for rank, one in enumerate(kept, start=1)]
    document = frozen.paper(pieces, [piece.label for piece, content in read if not content])
    files = _files(frozen, document, [(one.file_name, content) for one, (_, content) in zip(pieces, kept, strict=True)])
    with writing():
        move(claim, StepKind.SUBMITTED)
        again = freeze(claim, role, by, at)
        if claim.version != seen_version or again.trace != before:
            raise ClaimMoved
        revision = _store(again, document, pieces, files, by=by, at=at)
        tell_the_caisse(claim, at=at)
        return revision


def _refuse(prepared: Prepared, *, without_missing: bool, seen_version: int) -> None:
    """What can be refused before anything is printed."""
    claim = prepared.claim
    if not rules.may_follow(StepKind.SUBMITTED, claim.state) or claim.is_outside:
        raise NotPossibleNow(claim.state)
    if claim.version != seen_version:
        raise Stale
    if prepared.refusal:
        raise CannotBeSubmitted(prepared.refusal)
    if prepared.evidence.missing and not without_missing:
        raise MissingPieces(prepared.evidence.missing)


def _weigh(read: Sequence[tuple[Piece, bytes]]) -> None:
    size = sum(len(content) for _, content in read)
    if size > MOST_BYTES:
        raise TooHeavyToSubmit(size)


def _numbered(rank: int, piece: Piece, content: bytes) -> Numbered:
    sha256 = hashlib.sha256(content).hexdigest()
    return Numbered(rank, piece.need, piece.label, piece.proves, piece.file_name(rank), sha256, len(content))


def _files(frozen: Frozen, document: Document, members: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The claim as PDF, and all of it as ZIP. Raises `PrintFailed`."""
    printed = leaflet.render(document, Edition.RESTRICTED)
    if not is_whole_pdf(printed):
        raise PrintFailed
    title = f"{document.organisation} – {document.version}"
    return {PDF: printed, ZIP: packed(title, [(ITSELF, printed), *members])}


def _store(
    frozen: Frozen,
    document: Document,
    pieces: Sequence[Numbered],
    files: dict[str, bytes],
    *,
    by: Account,
    at: datetime,
) -> ClaimRevision:
    prepared, claim = frozen.prepared, frozen.prepared.claim
    rates = prepared.computation.rate_set if prepared.computation else None
    revision = ClaimRevision(
        claim=claim,
        number=frozen.submission.number,
        submitted_at=at,
        submitted_on=prepared.today,
        submitted_by_id=by.id,
        submitted_by_name=by.name,
        amount_cents=prepared.asked_cents,
        content=serial.to_json(document),
        content_sha256=hashlib.sha256(serial.canonical_bytes(document)).hexdigest(),
        rate_set=rate_set_json(rates) if rates else {},
        evidence=evidence_json(prepared, pieces),
        files=[
            ClaimFile(media_type=kind, content=content, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
            for kind, content in files.items()
        ],
    )
    db.session.add(revision)
    claim.asked_cents = prepared.asked_cents
    claim.agreed_cents = None
    record(
        claim, StepKind.SUBMITTED, dated_on=prepared.today, by=by, at=at,
        revision_number=revision.number, amount_cents=prepared.asked_cents,
    )  # fmt: skip
    changed(claim, ["state"], by=by, at=at)
    return revision
