"""What is decided of a weak point: an improvement, or a refusal with its reason. The same blueprint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.evaluation.debriefs import findings
from crisis_plan.evaluation.debriefs.models import Debrief, DebriefFinding
from crisis_plan.evaluation.follow_up.forms import ImprovementForm, RefusalForm
from crisis_plan.evaluation.room.drafts import finding_or_404
from crisis_plan.evaluation.room.finding_routes import bp, told
from crisis_plan.months import add_months
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import invalid

__all__ = ["bp"]

DECIDE = "evaluation/room/decide.html"
PROPOSED_MONTHS = 3
"""The due day that is proposed (our own choice)."""
AT = "/<uuid:debrief_id>/constats/<uuid:finding_id>"


@bp.get(f"{AT}/amelioration")
@requires(Permission.PREPARE_DEBRIEF)
def decide(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    debrief, finding = finding_or_404(cpts, debrief_id, finding_id)
    findings.refuse_unless_weak(finding)
    return render_template(DECIDE, **deciding(cpts, debrief, finding))


@bp.post(f"{AT}/amelioration")
@requires(Permission.PREPARE_DEBRIEF)
@creates_once
def save_decision(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    debrief, finding = finding_or_404(cpts, debrief_id, finding_id)
    form = ImprovementForm(cpts)
    if not form.validate():
        return invalid(DECIDE, **{**deciding(cpts, debrief, finding), "form": form})
    improvement = findings.decide(debrief, finding, form.decided(), by=current_user, at=clock.now())
    return told(
        debrief,
        finding,
        f"L’amélioration n°\u00a0{improvement.number} est décidée pour le constat n°\u00a0{finding.number}.",
    )


@bp.post(f"{AT}/sans-suite")
@requires(Permission.PREPARE_DEBRIEF)
@creates_once
def refuse(cpts: Cpts, debrief_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    """Nothing will be made of it, and the debrief says why."""
    debrief, finding = finding_or_404(cpts, debrief_id, finding_id)
    form = RefusalForm()
    if not form.validate():
        return invalid(DECIDE, **{**deciding(cpts, debrief, finding), "refusal_form": form})
    findings.refuse(debrief, finding, form.reason.data or "", by=current_user, at=clock.now())
    return told(debrief, finding, f"Le constat n°\u00a0{finding.number} reste sans suite, le bilan dit pourquoi.")


def deciding(cpts: Cpts, debrief: Debrief, finding: DebriefFinding) -> dict[str, Any]:
    """The weak point and both forms; the place and a day are proposed, never the words: what was missing is not what is done."""
    return {
        "debrief": debrief,
        "finding": finding,
        "today": clock.today(cpts),
        "form": ImprovementForm(
            cpts,
            formdata=None,
            due_on=add_months(clock.today(cpts), PROPOSED_MONTHS),
            **ImprovementForm.stored_target(finding),
        ),
        "refusal_form": RefusalForm(formdata=None),
    }
