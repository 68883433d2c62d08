"""A claim on screen: as it is being prepared, or as it was submitted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import current_roles, requires
from crisis_plan.access.policy import EDITORS, Permission
from crisis_plan.document import serial
from crisis_plan.document.blocks import Block, Heading, Table
from crisis_plan.funding.claims import queries
from crisis_plan.funding.claims.answering import decided_by_caisse
from crisis_plan.funding.claims.archive import member_of
from crisis_plan.funding.claims.paper import EVIDENCE
from crisis_plan.funding.claims.prepared import prepare
from crisis_plan.funding.claims.readers import caisse_of
from crisis_plan.funding.claims.rules import PREPARED, Answer, answers
from crisis_plan.funding.claims.standing import refused_since
from crisis_plan.funding.claims.taking_back import may_be_taken_back
from crisis_plan.funding.models import Claim
from crisis_plan.funding.offers import offer_for
from crisis_plan.organisations.models import Cpts
from crisis_plan.web import downloads
from crisis_plan.web.attachments import PDF

bp = Blueprint("claims", __name__)

WORKING, SUBMITTED, RECORDED = (f"funding/claims/{name}.html" for name in ("working", "submitted", "recorded"))
ZIP = "application/zip"
REVISION = "/<uuid:claim_id>/revisions/<int(max=9999):number>"


@bp.get("/<uuid:claim_id>")
@requires(Permission.READ_CLAIM)
def show(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    """What the CPTS prepares; to a caisse, and once nothing is prepared any more, what was submitted."""
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    beside = {"claim": claim, **possible(claim)}
    if prepares() and claim.state in PREPARED and not claim.is_outside:
        return render_template(WORKING, prepared=prepare(claim, clock.now()), **beside)
    if not claim.revisions:
        return render_template(RECORDED, **beside)
    return render_template(SUBMITTED, since=since(claim), **beside, **frozen(claim, claim.revisions[-1].number))


@bp.get(REVISION)
@requires(Permission.READ_CLAIM)
def revision(cpts: Cpts, claim_id: UUID, number: int) -> ResponseReturnValue:
    """A revision as it was submitted, whatever came after it."""
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    return render_template(SUBMITTED, claim=claim, since=since(claim), **possible(claim), **frozen(claim, number))


@bp.get(f"{REVISION}/demande.pdf")
@requires(Permission.READ_CLAIM)
def pdf(cpts: Cpts, claim_id: UUID, number: int) -> Response:
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    kept = queries.file_or_404(queries.revision_or_404(claim, number), PDF)
    return downloads.pdf(kept.content, file_name=f"{file_stem(claim, number)}.pdf", etag=kept.sha256)


@bp.get(f"{REVISION}/demande.zip")
@requires(Permission.READ_CLAIM)
def archive(cpts: Cpts, claim_id: UUID, number: int) -> Response:
    """The claim, its numbered pieces and their manifest, byte for byte as submitted."""
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    kept = queries.file_or_404(queries.revision_or_404(claim, number), ZIP)
    return private(kept.content, ZIP, f"{file_stem(claim, number)}.zip")


@bp.get(f"{REVISION}/pieces/<int(max=9999):piece>")
@requires(Permission.READ_CLAIM)
def submitted_piece(cpts: Cpts, claim_id: UUID, number: int, piece: int) -> Response:
    """One piece of a revision, out of its ZIP."""
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    kept = queries.file_or_404(queries.revision_or_404(claim, number), ZIP)
    name, content = (member_of(kept.content, f"{piece:02}_") if piece else None) or abort(404)
    return private(content, "application/octet-stream", name)


@bp.get("/<uuid:claim_id>/etapes/<uuid:step_id>/document")
@requires(Permission.READ_CLAIM)
def step_document(cpts: Cpts, claim_id: UUID, step_id: UUID) -> Response:
    """The letter or the mail that proves a step."""
    claim = queries.readable_or_404(cpts, claim_id, current_roles())
    kept = queries.step_or_404(claim, step_id).document or abort(404)
    return private(kept.content, kept.media_type, kept.file_name)


def frozen(claim: Claim, number: int) -> dict[str, Any]:
    """What the page of a revision shows."""
    found = queries.revision_or_404(claim, number)
    document = serial.from_json(found.content)
    shown = {"revision": found, "document": document, "sizes": sizes(found.files)}
    return {**shown, **split(document.chapters[0].blocks)}


def split(blocks: Sequence[Block]) -> dict[str, Any]:
    """The blocks of a frozen claim, and its table of fingerprints apart: it is for who checks the files."""
    tables = [one for one in blocks if isinstance(one, Table) and one.caption == EVIDENCE]
    read = [one for one in blocks if one not in tables]
    kept = [
        one
        for one, after in zip_longest(read, read[1:])
        if not (isinstance(one, Heading) and (after is None or isinstance(after, Heading)))
    ]
    return {"written": kept, "fingerprints": tables}


def sizes(files: Any) -> dict[str, int]:
    """How heavy each file is, by its type."""
    return {file.media_type: file.size for file in files}


def possible(claim: Claim) -> dict[str, Any]:
    """What whoever looks may record now: in the caisse's name, or of what the caisse told the CPTS."""
    is_caisse = not prepares() and caisse_of(current_user, claim.cpts) is not None
    decided = decided_by_caisse(claim)
    found: tuple[Answer, ...] = answers(claim.state, by_caisse=is_caisse, was_decided_by_caisse=decided)
    may_take_back = prepares() and may_be_taken_back(claim)
    return {"answers": found, "is_caisse": is_caisse, "prepares": prepares(), "may_take_back": may_take_back}


def since(claim: Claim) -> str:
    """Why the line of this claim would be refused today; empty where it stands."""
    return refused_since(claim, offer_for(claim.cpts, claim.subject, clock.today(claim.cpts)))


def prepares() -> bool:
    """Whether whoever looks prepares the claims of this CPTS."""
    return not EDITORS.isdisjoint(current_roles())


def file_stem(claim: Claim, number: int) -> str:
    """« demande-2_uzege_revision-1 »."""
    return f"demande-{claim.number}_{claim.cpts.slug}_revision-{number}"


def private(content: bytes, media_type: str, name: str) -> Response:
    """A file to keep, of which no cache keeps a copy (domain, section 12)."""
    response = downloads.attachment(content, media_type=media_type, file_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
