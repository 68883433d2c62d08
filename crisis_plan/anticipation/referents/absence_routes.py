"""When a referent cannot be called: said beforehand, so that the other one is called first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.referents import absences, queries
from crisis_plan.anticipation.referents.absence_form import AbsenceForm, AddAbsenceForm
from crisis_plan.anticipation.referents.duty_form import refuse
from crisis_plan.anticipation.referents.models import ReferentAbsence
from crisis_plan.anticipation.referents.refusals import DutyRefused
from crisis_plan.anticipation.referents.routes import bp
from crisis_plan.anticipation.referents.rules import Rank, is_past
from crisis_plan.anticipation.referents.wording import period_in_words
from crisis_plan.errors import Stale
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

__all__ = ["bp"]

ADD = "anticipation/referents/add_absence.html"
EDIT = "anticipation/referents/edit_absence.html"


@bp.get("/absences/ajouter")
@requires(Permission.EDIT_PLAN)
def add_absence(cpts: Cpts) -> ResponseReturnValue:
    form = AddAbsenceForm(referents(cpts), formdata=None, contact=request.args.get("qui"))
    return render_template(ADD, form=form)


@bp.post("/absences/ajouter")
@requires(Permission.EDIT_PLAN)
@creates_once
def create_absence(cpts: Cpts) -> ResponseReturnValue:
    form = AddAbsenceForm(referents(cpts))
    if not form.validate():
        return invalid(ADD, form=form)
    try:
        absences.add(cpts, form.leave(), today=clock.today(cpts), by=current_user, at=clock.now())
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(ADD, form=form)
    return done(otherwise=url_for(".index", _anchor="absences"))


@bp.get("/absences/<uuid:absence_id>/modifier")
@requires(Permission.EDIT_PLAN)
def edit_absence(cpts: Cpts, absence_id: UUID) -> ResponseReturnValue:
    absence = queries.absence_or_404(cpts, absence_id)
    form = AbsenceForm.of(absence, referents(cpts, absence))
    return render_template(EDIT, form=form, absence=absence, stored=None)


@bp.post("/absences/<uuid:absence_id>/modifier")
@requires(Permission.EDIT_PLAN)
def save_absence(cpts: Cpts, absence_id: UUID) -> ResponseReturnValue:
    absence = queries.absence_or_404(cpts, absence_id)
    form = AbsenceForm(referents(cpts, absence))
    shown: dict[str, Any] = {"form": form, "absence": absence, "stored": None}
    if not form.validate():
        return invalid(EDIT, **shown)
    seen, today = form.seen_version.data or 0, clock.today(cpts)
    try:
        absences.change(cpts, absence, form.leave(), seen_version=seen, today=today, by=current_user, at=clock.now())
    except DutyRefused as refusal:
        refuse(form, refusal)
        return invalid(EDIT, **shown)
    except Stale:
        form.reopen_at(absence.version)
        return invalid(EDIT, status=409, **shown | {"stored": form.beside(absence)})
    return done(otherwise=url_for(".index", _anchor="absences"))


@bp.get("/absences/<uuid:absence_id>/retirer")
@requires(Permission.EDIT_PLAN)
def confirm_absence_removal(cpts: Cpts, absence_id: UUID) -> ResponseReturnValue:
    absence = queries.absence_or_404(cpts, absence_id)
    return render_template(
        "anticipation/referents/remove_absence.html", absence=absence, period=period_in_words(absence)
    )


@bp.post("/absences/<uuid:absence_id>/retirer")
@requires(Permission.EDIT_PLAN)
def remove_absence(cpts: Cpts, absence_id: UUID) -> ResponseReturnValue:
    absences.remove(queries.absence_or_404(cpts, absence_id), by=current_user, at=clock.now())
    return done(otherwise=url_for(".index", _anchor="absences"))


def referents(cpts: Cpts, absence: ReferentAbsence | None = None) -> Sequence[Contact]:
    """Those who are or will be referents, titular first, each once; who is absent stays proposed."""
    today = clock.today(cpts)
    duties = sorted(queries.duties(cpts), key=lambda duty: list(Rank).index(duty.rank))
    held = [duty.contact for duty in duties if not is_past(duty, today)]
    return list(dict.fromkeys([*held, *([absence.contact] if absence else ())]))
