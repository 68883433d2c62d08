"""Where each commune holds its register of vulnerable people, on screen. The same blueprint as `review_routes`."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.adaptation.risks import queries
from crisis_plan.adaptation.risks import registers as operations
from crisis_plan.adaptation.risks.register_form import registers_form
from crisis_plan.adaptation.risks.registers import WrittenMeanwhile
from crisis_plan.adaptation.risks.review_routes import bp
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

EDIT_REGISTERS = "adaptation/risks/edit_registers.html"


@bp.get("/registres")
@requires(Permission.READ_WORKING_DATA)
def registers(cpts: Cpts) -> ResponseReturnValue:
    return render_template("adaptation/risks/registers.html", registers=queries.registers(cpts))


@bp.get("/registres/modifier")
@requires(Permission.EDIT_PLAN)
def edit_registers(cpts: Cpts) -> ResponseReturnValue:
    form = registers_form(queries.registers(cpts), formdata=None)
    return render_template(EDIT_REGISTERS, form=form, stored=None)


@bp.post("/registres/modifier")
@requires(Permission.EDIT_PLAN)
def save_registers(cpts: Cpts) -> ResponseReturnValue:
    form = registers_form(queries.registers(cpts))
    if not form.validate():
        return invalid(EDIT_REGISTERS, form=form, stored=None)
    lines, for_all = form.lines(), form.for_all.data
    try:
        changed = operations.write(cpts, lines, for_all=for_all, by=current_user, at=clock.now())
    except WrittenMeanwhile as refusal:
        return invalid(EDIT_REGISTERS, status=409, form=form, stored=form.reopen_with(refusal.stored))
    said = counted(changed, "réponse enregistrée", "réponses enregistrées") + "." if changed else "Rien n’a changé."
    return done(otherwise=url_for(".registers"), said=said)
