"""Findings of a debrief on screen. The same blueprint."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.errors import Stale
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.debriefs.findings import DecidedAlready
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding
from crisis_plan.evaluation.room.drafts import draft_or_404, finding_or_404
from crisis_plan.evaluation.room.finding_forms import FindingForm, NewFindingForm, WithdrawForm
from crisis_plan.evaluation.room.meeting_routes import bp
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

NEW = "evaluation/room/new_finding.html"
FINDING = "evaluation/room/finding.html"
WITHDRAW = "evaluation/room/withdraw_finding.html"


@bp.get("/<uuid:debrief_id>/constats/nouveau")
@requires(Permission.PREPARE_DEBRIEF)
def new_finding(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    """The address may name the entry that it rests on, and whether it is strong or weak."""
    debrief, asked = draft_or_404(cpts, debrief_id), request.args
    known = {"entries": asked.get("entree", "")[:300], "kind": asked.get("nature")}
    return render_template(NEW, debrief=debrief, form=NewFindingForm(cpts, debrief, formdata=None, **known))


@bp.post("/<uuid:debrief_id>/constats/nouveau")
@requires(Permission.PREPARE_DEBRIEF)
@creates_once
def create_finding(cpts: Cpts, debrief_id: UUID) -> ResponseReturnValue:
    debrief = draft_or_404(cpts, debrief_id)
    form = NewFindingForm(cpts, debrief)
    if not form.validate():
        return invalid(NEW, debrief=debrief, form=form)
    finding = findings.add(debrief, form.as_said.data or "", form.point(), by=current_user, at=clock.now())
    return told(debrief, finding, f"Le constat n°\u00a0{finding.number} est noté.")


@bp.get("/<uuid:debrief_id>/constats/<uuid:finding_id>")
@requires(Permission.PREPARE_DEBRIEF)
def finding(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    debrief, found = finding_or_404(cpts, debrief_id, finding_id)
    form = FindingForm.of(cpts, debrief, found)
    return render_template(FINDING, debrief=debrief, finding=found, form=form, stored=None)


@bp.post("/<uuid:debrief_id>/constats/<uuid:finding_id>")
@requires(Permission.PREPARE_DEBRIEF)
def save_finding(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    debrief, found = finding_or_404(cpts, debrief_id, finding_id)
    form = FindingForm(cpts, debrief)
    if not form.validate():
        return invalid(FINDING, debrief=debrief, finding=found, form=form, stored=None)
    point, seen = form.point(form.as_validated.data or ""), form.seen_version.data or 0
    try:
        findings.change(debrief, found, point, seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(found.version)
        return invalid(FINDING, status=409, debrief=debrief, finding=found, form=form, stored=form.beside(found))
    except DecidedAlready as refusal:
        form.kind.errors = [str(refusal)]
        return invalid(FINDING, debrief=debrief, finding=found, form=form, stored=None)
    return told(debrief, found, f"Le constat n°\u00a0{found.number} est enregistré.")


@bp.get("/<uuid:debrief_id>/constats/<uuid:finding_id>/retirer")
@requires(Permission.PREPARE_DEBRIEF)
def confirm_withdrawal(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    debrief, found = finding_or_404(cpts, debrief_id, finding_id)
    return render_template(WITHDRAW, debrief=debrief, finding=found, form=WithdrawForm.of(found), is_stale=False)


@bp.post("/<uuid:debrief_id>/constats/<uuid:finding_id>/retirer")
@requires(Permission.PREPARE_DEBRIEF)
def withdraw_finding(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    debrief, found = finding_or_404(cpts, debrief_id, finding_id)
    form = WithdrawForm()
    if not form.validate():
        return invalid(WITHDRAW, debrief=debrief, finding=found, form=form, is_stale=False)
    reason, seen = form.reason.data or "", form.seen_version.data or 0
    try:
        findings.withdraw(debrief, found, reason, seen_version=seen, by=current_user, at=clock.now())
    except Stale:
        form.reopen_at(found.version)
        return invalid(WITHDRAW, status=409, debrief=debrief, finding=found, form=form, is_stale=True)
    return told(debrief, found, f"Le constat n°\u00a0{found.number} est retiré du bilan.")


@bp.post("/<uuid:debrief_id>/constats/<uuid:finding_id>/remettre")
@requires(Permission.PREPARE_DEBRIEF)
def put_back_finding(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    debrief, found = finding_or_404(cpts, debrief_id, finding_id)
    findings.put_back(debrief, found, by=current_user, at=clock.now())
    return told(debrief, found, f"Le constat n°\u00a0{found.number} est de nouveau dans le bilan.")


def told(debrief: Debrief, finding: DebriefFinding, said: str) -> ResponseReturnValue:
    """Back to the debrief, at this finding."""
    anchor = "retires" if finding.withdrawn_at else f"constat-{finding.number}"
    return done(otherwise=url_for(".show", debrief_id=debrief.id, _anchor=anchor), said=said)
