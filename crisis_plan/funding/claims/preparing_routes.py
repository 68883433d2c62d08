"""Opening a claim, writing in it, joining documents, giving it up. The same blueprint."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.funding.claims import operations, queries
from crisis_plan.funding.claims.evidence import evidence_of
from crisis_plan.funding.claims.forms import AbandonForm, AttachForm, NoteForm, OpenForm
from crisis_plan.funding.claims.operations import NotOffered, TooHeavy
from crisis_plan.funding.claims.prepared import prepare
from crisis_plan.funding.claims.reading_routes import bp, private
from crisis_plan.funding.claims.rules import PREPARED, may_follow
from crisis_plan.funding.claims.steps import NotPossibleNow
from crisis_plan.funding.lines import Need, StepKind
from crisis_plan.funding.models import Claim
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.attachments import EXTENSIONS, read_attachment
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

__all__ = ["bp"]

EDIT, ATTACH, ABANDON = (f"funding/claims/{name}.html" for name in ("edit", "attach", "abandon"))
MEDIA_TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()}


@bp.post("/")
@requires(Permission.PREPARE_CLAIM)
@creates_once
def open(cpts: Cpts) -> ResponseReturnValue:
    """Begin the claim of a line, or go to the one that was begun."""
    form = OpenForm()
    if not form.validate():
        raise NotOffered("Choisissez la ligne à demander sur la page des financements.")
    claim = operations.open_claim(cpts, form.subject.data or "", by=current_user, at=clock.now())
    return done(otherwise=url_for(".show", claim_id=claim.id))


@bp.get("/<uuid:claim_id>/modifier")
@requires(Permission.PREPARE_CLAIM)
def edit(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = prepared_claim(cpts, claim_id)
    return render_template(EDIT, claim=claim, form=NoteForm.of(claim, ceiling(claim)), is_stale=False)


@bp.post("/<uuid:claim_id>/modifier")
@requires(Permission.PREPARE_CLAIM)
def save(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = queries.claim_or_404(cpts, claim_id)
    most = ceiling(claim)
    form = NoteForm(most_cents=most)
    if not form.validate():
        return invalid(EDIT, claim=claim, form=form, is_stale=False)
    wanted = claim.wanted_cents if most is None else form.wanted_cents
    seen, now = form.seen_version.data or 0, clock.now()
    try:
        operations.write(
            claim, note=form.note.data or "", wanted_cents=wanted, seen_version=seen, by=current_user, at=now
        )
    except Stale:
        form.reopen_at(claim.version)
        return invalid(EDIT, status=409, claim=claim, form=form, is_stale=True)
    return done(otherwise=url_for(".show", claim_id=claim_id), said="La demande est enregistrée.")


@bp.get("/<uuid:claim_id>/pieces/joindre")
@requires(Permission.PREPARE_CLAIM)
def new_attachment(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = prepared_claim(cpts, claim_id)
    asked = request.args.get("besoin", "")
    need = asked if asked in list(Need) else Need.OTHER.value
    return render_template(ATTACH, claim=claim, form=AttachForm(claim, formdata=None, need=need))


@bp.post("/<uuid:claim_id>/pieces/joindre")
@requires(Permission.PREPARE_CLAIM)
@creates_once
def attach(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = queries.claim_or_404(cpts, claim_id)
    form = AttachForm(claim)
    if not form.validate():
        return invalid(ATTACH, claim=claim, form=form)
    need, label = Need(form.need.data), form.label.data or ""
    try:
        file = read_attachment(form.document.data)
        operations.attach(claim, need, label, file, by=current_user, at=clock.now())
    except (UploadRefused, TooHeavy) as refusal:
        form.refuse(refusal)
        return invalid(ATTACH, claim=claim, form=form)
    return done(
        otherwise=url_for(".show", claim_id=claim_id, _anchor="pieces"), said=f"«\u00a0{label}\u00a0» est joint."
    )


@bp.post("/<uuid:claim_id>/pieces/<uuid:attachment_id>/retirer")
@requires(Permission.PREPARE_CLAIM)
def withdraw_attachment(cpts: Cpts, claim_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    claim = queries.claim_or_404(cpts, claim_id)
    joined = queries.attachment_or_404(claim, attachment_id)
    operations.withdraw_attachment(claim, joined, by=current_user, at=clock.now())
    said = f"«\u00a0{joined.label}\u00a0» est retiré."
    return done(otherwise=url_for(".show", claim_id=claim_id, _anchor="pieces"), said=said)


@bp.get("/<uuid:claim_id>/pieces/<key>")
@requires(Permission.PREPARE_CLAIM)
def piece(cpts: Cpts, claim_id: UUID, key: str) -> Response:
    """A piece as it would be joined today."""
    claim = queries.claim_or_404(cpts, claim_id)
    number, found = evidence_of(claim, clock.now()).with_key(key) or abort(404)
    media_type = MEDIA_TYPES.get(found.extension, "application/octet-stream")
    return private(found.read() or abort(404), media_type, found.file_name(number))


@bp.get("/<uuid:claim_id>/abandonner")
@requires(Permission.PREPARE_CLAIM)
def ask_abandon(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim = queries.claim_or_404(cpts, claim_id)
    if not may_follow(StepKind.ABANDONED, claim.state):
        raise NotPossibleNow(claim.state)
    return render_template(ABANDON, claim=claim, form=AbandonForm(formdata=None))


@bp.post("/<uuid:claim_id>/abandonner")
@requires(Permission.PREPARE_CLAIM)
@creates_once
def abandon(cpts: Cpts, claim_id: UUID) -> ResponseReturnValue:
    claim, form = queries.claim_or_404(cpts, claim_id), AbandonForm()
    if not form.validate():
        return invalid(ABANDON, claim=claim, form=form)
    operations.abandon(claim, reason=form.reason.data or "", by=current_user, at=clock.now())
    said = f"La demande n°\u00a0{claim.number} est abandonnée\u00a0: sa ligne peut être demandée de nouveau."
    return done(otherwise=url_for("cpts.funding.index"), said=said)


def prepared_claim(cpts: Cpts, claim_id: UUID) -> Claim:
    """The claim at this address, which the CPTS may still change. Raises `NotPossibleNow`."""
    claim = queries.claim_or_404(cpts, claim_id)
    if claim.state not in PREPARED or claim.is_outside:
        raise NotPossibleNow(claim.state)
    return claim


def ceiling(claim: Claim) -> int | None:
    """The most that may be asked, where the amount of the line is only a ceiling; none while the line is refused."""
    if not claim.line.is_ceiling:
        return None
    prepared = prepare(claim, clock.now())
    return prepared.computation.total_cents if prepared.computation and not prepared.refusal else None
