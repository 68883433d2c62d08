"""The plan on screen: its themes, a section and its editing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import can, requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import prose
from crisis_plan.errors import Stale
from crisis_plan.evaluation.improvements import queries as improvements
from crisis_plan.evaluation.improvements.answering import NothingChanged
from crisis_plan.opinions import queries as opinions
from crisis_plan.organisations.models import Cpts
from crisis_plan.plan import operations, queries
from crisis_plan.plan.forms import SectionForm
from crisis_plan.plan.models import Section
from crisis_plan.plan.requirements import REQUIREMENTS, TRAME_NOTE, Requirement, of_theme
from crisis_plan.web.htmx import done, invalid

bp = Blueprint("plan", __name__)

EDIT = "plan/edit.html"


@bp.get("/")
@requires(Permission.READ_WORKING_DATA)
def show(cpts: Cpts) -> ResponseReturnValue:
    """Its themes, and how many opinions on the plan as a whole wait: those on a section are shown beside it."""
    waiting = opinions.waiting_by_section(cpts).get("", 0) if can(Permission.READ_PROVISIONAL) else 0
    plan = queries.overview(cpts, clock.today(cpts))
    return render_template("plan/show.html", trame_note=TRAME_NOTE, plan=plan, waiting=waiting)


@bp.get("/<theme>/")
@requires(Permission.READ_WORKING_DATA)
def show_theme(cpts: Cpts, theme: str) -> ResponseReturnValue:
    shown, written, today = queries.theme_or_404(theme), queries.sections(cpts), clock.today(cpts)
    keys = [asked.key for asked in of_theme(shown)]
    return render_template(
        "plan/theme.html",
        theme=shown,
        assessments=queries.assessments(cpts, written, today)[shown],
        sections=written,
        opinions=opinions.waiting_of_sections(cpts, keys) if can(Permission.READ_PROVISIONAL) else {},
        improvements=improvements.open_by_section(cpts),
        today=today,
        blocks=prose.blocks,
    )


@bp.get("/rubriques/<rubrique>")
@requires(Permission.READ_WORKING_DATA)
def find_section(cpts: Cpts, rubrique: str) -> ResponseReturnValue:
    """Where this section of the trame is read and edited today."""
    asked = next((one for one in REQUIREMENTS if one.key == rubrique), None) or abort(404)
    return redirect(url_for(".show_theme", theme=asked.theme, _anchor=asked.key))


@bp.get("/<theme>/<rubrique>/modifier")
@requires(Permission.EDIT_PLAN)
def edit(cpts: Cpts, theme: str, rubrique: str) -> ResponseReturnValue:
    requirement = queries.requirement_or_404(theme, rubrique)
    section = queries.section(cpts, requirement.key)
    form = SectionForm.of(requirement, section, improvements.open_of_section(cpts, requirement.key))
    return render_template(EDIT, form=form, **editing(cpts, requirement, section))


@bp.post("/<theme>/<rubrique>/modifier")
@requires(Permission.EDIT_PLAN)
def save(cpts: Cpts, theme: str, rubrique: str) -> ResponseReturnValue:
    requirement, at = queries.requirement_or_404(theme, rubrique), clock.now()
    form = SectionForm(requirement, improvements=improvements.open_of_section(cpts, requirement.key))
    section = queries.section(cpts, requirement.key)
    if not form.validate():
        return invalid(EDIT, form=form, **editing(cpts, requirement, section))
    try:
        operations.edit_section(
            cpts,
            requirement,
            form.answer(),
            seen_version=form.seen_version.data or 0,
            by=current_user,
            at=at,
            improvements=form.ticked,
        )
    except Stale:
        return conflict(cpts, form, requirement, queries.section(cpts, requirement.key))
    except NothingChanged as refusal:
        form.refuse_answer(refusal)
        return invalid(EDIT, form=form, **editing(cpts, requirement, section))
    said = f"La rubrique «\u00a0{requirement.label}\u00a0» est enregistrée.{form.outcome(at)}"
    return done(said=said, otherwise=url_for(".show_theme", theme=theme, _anchor=requirement.key))


@bp.get("/<theme>/<rubrique>/etats")
@requires(Permission.EDIT_PLAN)
def states(cpts: Cpts, theme: str, rubrique: str) -> ResponseReturnValue:
    """What the section said before: nothing written is ever lost."""
    requirement = queries.requirement_or_404(theme, rubrique)
    section = queries.section(cpts, requirement.key)
    return render_template(
        "plan/states.html",
        requirement=requirement,
        states=queries.states(section) if section else (),
        blocks=prose.blocks,
    )


def editing(cpts: Cpts, requirement: Requirement, section: Section | None) -> dict[str, Any]:
    """What the editing page shows beside the form."""
    waiting = opinions.waiting_of_sections(cpts, [requirement.key]).get(requirement.key, ())
    return {
        "requirement": requirement,
        "section": section,
        "waiting": waiting,
        "blocks": prose.blocks,
        "today": clock.today(cpts),
        "stale": False,
    }


def conflict(cpts: Cpts, form: SectionForm, requirement: Requirement, section: Section | None) -> ResponseReturnValue:
    """Both texts: sending the form again keeps the typed one, over what it has now been shown."""
    form.seen_version.data = section.version if section else 0
    form.seen_version.raw_data = None
    context = editing(cpts, requirement, section) | {"stale": True}
    return invalid(EDIT, status=Stale.status, form=form, **context)
