"""Importing contacts: read, preview, apply once. The same blueprint as `routes`, so the same addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.directory import arrivals, contact_lines, queries
from crisis_plan.anticipation.directory.contact_columns import KNOWN
from crisis_plan.anticipation.directory.history_routes import bp
from crisis_plan.anticipation.directory.telephones import region_of
from crisis_plan.db import slow, writing
from crisis_plan.imports import operations as import_operations
from crisis_plan.imports import queries as import_queries
from crisis_plan.imports.forms import ApplyForm, UploadForm
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.pages import refusals_csv, refuse_file, report_page, upload_page
from crisis_plan.imports.rules import ImportLine
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

__all__ = ["bp"]

IMPORT = "anticipation/directory/import.html"
REPORT = "anticipation/directory/report.html"
SUBJECT = arrivals.SUBJECT


@bp.get("/importer")
@requires(Permission.EDIT_PLAN)
def import_form(cpts: Cpts) -> ResponseReturnValue:
    return render_template(IMPORT, **upload_page(cpts, SUBJECT, UploadForm(formdata=None)))


@bp.post("/importer")
@requires(Permission.EDIT_PLAN)
@slow
def read_import(cpts: Cpts) -> ResponseReturnValue:
    """Read the file first, then take the lock for as long as it takes to keep the preview."""
    form = UploadForm()
    if not form.validate():
        return invalid(IMPORT, **upload_page(cpts, SUBJECT, form))
    try:
        sheet = form.sheet()
        lines = contact_lines.assess(
            sheet, queries.taken(cpts), today=clock.today(cpts), region=region_of(cpts.departements)
        )
    except UploadRefused as refusal:
        refuse_file(form, refusal)
        return invalid(IMPORT, **upload_page(cpts, SUBJECT, form))
    with writing():
        return keep_preview(cpts=cpts, file_name=form.file_name, headings=sheet.headings, lines=lines)


@creates_once
def keep_preview(
    *, cpts: Cpts, file_name: str, headings: Sequence[str], lines: list[ImportLine]
) -> ResponseReturnValue:
    report = import_operations.keep_preview(cpts, SUBJECT, file_name, headings, lines, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show_import", report_id=report.id))


@bp.get("/importer/<uuid:report_id>")
@requires(Permission.EDIT_PLAN)
def show_import(cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    report = import_queries.report_or_404(cpts, SUBJECT, report_id)
    return render_template(REPORT, **shown_report(report))


def shown_report(report: ImportReport, form: ApplyForm | None = None) -> dict[str, Any]:
    """The preview or the report, with what each line brings in."""
    return report_page(report, form, known=KNOWN) | {"comes_in": contact_lines.comes_in}


@bp.post("/importer/<uuid:report_id>")
@requires(Permission.EDIT_PLAN)
@slow
def apply_import(cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    """Everything that was accepted, in one transaction, once; who joined the directory meanwhile is left out."""
    report = import_queries.report_or_404(cpts, SUBJECT, report_id)
    there = redirect(url_for(".show_import", report_id=report_id), 303)
    if report.applied_at:
        return there
    lines = import_queries.lines(report)
    form = ApplyForm(lines)
    if not form.validate():
        return invalid(REPORT, **shown_report(report, form))
    arrivals.bring_in(cpts, report_id, lines, forced=form.forced.data or (), by=current_user, at=clock.now())
    return there


@bp.get("/importer/<uuid:report_id>/lignes-a-reprendre.csv")
@requires(Permission.EDIT_PLAN)
def import_refusals(cpts: Cpts, report_id: UUID) -> Response:
    return refusals_csv(import_queries.report_or_404(cpts, SUBJECT, report_id))
