"""Sheets of paper copied into the logbook, on screen. The same blueprint as `routes`."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crises.operations import hold_open
from crisis_plan.pilotage.logbook import by_hand
from crisis_plan.pilotage.logbook.entry_routes import bp
from crisis_plan.pilotage.logbook.sheet_forms import RowForm, SheetForm
from crisis_plan.web.formats import counted
from crisis_plan.web.htmx import done, invalid

__all__ = ["bp"]

SHEET = "pilotage/logbook/sheet.html"


@bp.get("/feuille")
@requires(Permission.WRITE_LOGBOOK)
def sheet(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crises.crisis_or_404(cpts, crisis_id)
    return render_template(SHEET, form=SheetForm(formdata=None, day=clock.today(cpts)), crisis=crisis)


@bp.post("/feuille")
@requires(Permission.WRITE_LOGBOOK)
def copy_sheet(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    """Write down every line that can be, in their order; the others stay on the form with what was typed."""
    crisis, form = crises.crisis_or_404(cpts, crisis_id), SheetForm()
    if "ajouter" in request.form:
        form.add_lines()
        return render_template(SHEET, form=form, crisis=crisis)
    hold_open(crisis)
    if not form.validate():
        return invalid(SHEET, form=form, crisis=crisis)
    written, refused = copied(cpts, crisis, form)
    if not written:
        return invalid(SHEET, form=form, crisis=crisis, nothing=not refused)
    said = f"{counted(written, 'ligne')} {'notées' if written > 1 else 'notée'} dans le journal."
    if refused:
        return render_template(SHEET, form=form.keep(refused), crisis=crisis, said=said)
    flash(said, "success")
    return done(otherwise=url_for(".index", crisis_id=crisis.id))


def copied(cpts: Cpts, crisis: Crisis, form: SheetForm) -> tuple[int, list[RowForm]]:
    """How many lines were written down, and those that were not, their refusal beside them."""
    lines, count = form.ready(cpts), 0
    for line in lines:
        try:
            by_hand.write_down(crisis, line.written, by=current_user, at=clock.now())
            count += 1
        except by_hand.REFUSALS as refusal:
            line.row.time.errors = [*line.row.time.errors, str(refusal)]
    return count, [row for row in form.lines if any(field.errors for field in row)]
