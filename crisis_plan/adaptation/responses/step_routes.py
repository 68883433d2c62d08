"""Writing the steps of a card, on screen. The same blueprint as the cards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.responses import queries, steps
from crisis_plan.adaptation.responses.models import ActionCard
from crisis_plan.adaptation.responses.part_models import CardStep
from crisis_plan.adaptation.responses.part_queries import part_or_404
from crisis_plan.adaptation.responses.rules import Phase
from crisis_plan.adaptation.responses.step_forms import AddStepForm, StepForm, doers
from crisis_plan.adaptation.responses.steps import TooManySteps
from crisis_plan.adaptation.responses.uncovered_routes import bp
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as cell
from crisis_plan.pilotage.crisis_cell.rules import Direction
from crisis_plan.web.htmx import done, invalid, page_or_block

__all__ = ["bp"]

STEPS = "adaptation/responses/steps.html"
EDIT = "adaptation/responses/step_edit.html"


@bp.get("/<uuid:card_id>/etapes/<int:rank>")
@requires(Permission.EDIT_PLAN)
def steps_of(cpts: Cpts, card_id: UUID, rank: int) -> ResponseReturnValue:
    """The three lists, each with its form; this one alone for htmx."""
    phase = phase_or_404(rank)
    return page_or_block(STEPS, "phase", **writing(cpts, queries.card_or_404(cpts, card_id), phase))


@bp.post("/<uuid:card_id>/etapes/<int:rank>")
@requires(Permission.EDIT_PLAN)
@creates_once
def add_step(cpts: Cpts, card_id: UUID, rank: int) -> ResponseReturnValue:
    phase, card = phase_or_404(rank), queries.card_or_404(cpts, card_id)
    form = AddStepForm(phase, cell.all_functions(cpts))
    if not form.validate():
        return invalid(STEPS, "phase", **writing(cpts, card, phase, form=form))
    try:
        step = steps.add_step(card, form.description_in(phase), by=current_user, at=clock.now())
    except TooManySteps as refusal:
        form.refuse(refusal)
        return invalid(STEPS, "phase", **writing(cpts, card, phase, form=form))
    said = f"Étape ajoutée\u00a0: {step.text}"
    shown = writing(cpts, card, phase, announced=said, focus="text")
    return done(STEPS, "phase", otherwise=address_of(card, phase, f"text-{rank}"), said=said, **shown)


@bp.post("/etapes/<uuid:step_id>/<direction>")
@requires(Permission.EDIT_PLAN)
def move_step(cpts: Cpts, step_id: UUID, direction: str) -> ResponseReturnValue:
    if direction not in [way.value for way in Direction]:
        abort(404)
    step = part_or_404(cpts, CardStep, step_id)
    card = queries.card_or_404(cpts, step.card_id)
    steps.move_step(step, up=direction == Direction.UP, by=current_user, at=clock.now())
    said = f"Étape {step.position + 1} sur {len(card.steps_of(step.phase))}\u00a0: {step.text}"
    shown = writing(cpts, card, step.phase, announced=said, focus=f"{direction}-{step.id}")
    return done(STEPS, "list", otherwise=address_of(card, step.phase, f"etape-{step.id}"), **shown)


@bp.get("/etapes/<uuid:step_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit_step(cpts: Cpts, step_id: UUID) -> ResponseReturnValue:
    step, functions = part_or_404(cpts, CardStep, step_id), cell.all_functions(cpts)
    return render_template(EDIT, form=StepForm.of(step, functions), step=step, doers=doers(functions), stored=None)


@bp.post("/etapes/<uuid:step_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save_step(cpts: Cpts, step_id: UUID) -> ResponseReturnValue:
    step, functions = part_or_404(cpts, CardStep, step_id), cell.all_functions(cpts)
    form = StepForm(functions)
    shown: dict[str, Any] = {"step": step, "doers": doers(functions), "stored": None}
    if not form.validate():
        return invalid(EDIT, form=form, **shown)
    seen = form.seen_version.data or 0
    try:
        steps.change_step(step, form.description(), seen_version=seen, by=current_user, at=clock.now())
    except TooManySteps as refusal:
        form.refuse(refusal)
        return invalid(EDIT, form=form, **shown)
    except Stale:
        form.reopen_at(step.version)
        return invalid(EDIT, status=409, form=form, **shown | {"stored": form.beside(step)})
    return done(otherwise=address_of(step.card, step.phase, f"etape-{step.id}"), said="Étape enregistrée.")


@bp.get("/etapes/<uuid:step_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_step_removal(cpts: Cpts, step_id: UUID) -> ResponseReturnValue:
    return render_template("adaptation/responses/step_remove.html", step=part_or_404(cpts, CardStep, step_id))


@bp.post("/etapes/<uuid:step_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_step(cpts: Cpts, step_id: UUID) -> ResponseReturnValue:
    step = part_or_404(cpts, CardStep, step_id)
    card, phase = step.card, step.phase
    steps.remove_step(step, by=current_user, at=clock.now())
    return done(otherwise=address_of(card, phase, f"etapes-{phase.rank + 1}"), said="Étape retirée.")


def writing(
    cpts: Cpts, card: ActionCard, phase: Phase, *, form: AddStepForm | None = None, announced: str = "", focus: str = ""
) -> dict[str, Any]:
    """What the page of the steps shows; `form` is the one of this phase where it was refused."""
    functions = cell.all_functions(cpts)
    forms = {one: AddStepForm(one, functions, formdata=None) for one in Phase}
    if form:
        forms[phase] = form
    return {
        "card": card,
        "phase": phase,
        "forms": forms,
        "doers": doers(functions),
        "announced": announced,
        "focus": focus,
    }


def phase_or_404(rank: int) -> Phase:
    """The first, the second or the third phase."""
    return next((phase for phase in Phase if phase.rank + 1 == rank), None) or abort(404)


def address_of(card: ActionCard, phase: Phase, anchor: str) -> str:
    return url_for(".steps_of", card_id=card.id, rank=phase.rank + 1, _anchor=anchor)
