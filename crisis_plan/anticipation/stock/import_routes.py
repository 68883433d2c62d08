"""Importing the stock: read, preview, apply once. The same blueprint as `routes`, so the same addresses."""

from __future__ import annotations

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.stock import operations, queries, stock_lines
from crisis_plan.anticipation.stock.routes import bp
from crisis_plan.db import slow, writing
from crisis_plan.imports import operations as import_operations
from crisis_plan.imports import queries as import_queries
from crisis_plan.imports.forms import ApplyForm, UploadForm
from crisis_plan.imports.pages import refusals_csv, refuse_file, report_page, upload_page
from crisis_plan.imports.rules import ImportLine, to_import
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

__all__ = ["bp"]

IMPORT = "anticipation/stock/import.html"
REPORT = "anticipation/stock/report.html"
SUBJECT = "stock"


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
        lines = stock_lines.assess(form.sheet(), queries.taken(cpts), today=clock.today(cpts))
    except UploadRefused as refusal:
        refuse_file(form, refusal)
        return invalid(IMPORT, **upload_page(cpts, SUBJECT, form))
    with writing():
        return keep_preview(cpts=cpts, file_name=form.file_name, lines=lines)


@creates_once
def keep_preview(*, cpts: Cpts, file_name: str, lines: list[ImportLine]) -> ResponseReturnValue:
    report = import_operations.keep_preview(cpts, SUBJECT, file_name, lines, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show_import", report_id=report.id))


@bp.get("/importer/<uuid:report_id>")
@requires(Permission.EDIT_PLAN)
def show_import(cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    report = import_queries.report_or_404(cpts, SUBJECT, report_id)
    return render_template(REPORT, **report_page(report, known=stock_lines.KNOWN))


@bp.post("/importer/<uuid:report_id>")
@requires(Permission.EDIT_PLAN)
def apply_import(cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    """Everything that was accepted, in one transaction, once; what joined the stock meanwhile is left out."""
    report = import_queries.report_or_404(cpts, SUBJECT, report_id)
    form = ApplyForm(import_queries.lines(report))
    if not form.validate():
        return invalid(REPORT, **report_page(report, form, known=stock_lines.KNOWN))
    at = clock.now()
    if import_operations.claim(report, at=at):
        forced = form.forced.data or []
        lines = stock_lines.find_duplicates(import_queries.lines(report), queries.taken(cpts), forced=forced)
        coming_in = to_import(lines, forced)
        operations.import_stock(cpts, map(stock_lines.stock_line, coming_in), by=current_user, at=at)
        numbers = [line.number for line in coming_in]
        import_operations.mark_applied(report, lines, imported=numbers, by=current_user, at=at)
    return redirect(url_for(".show_import", report_id=report.id), 303)


@bp.get("/importer/<uuid:report_id>/lignes-a-reprendre.csv")
@requires(Permission.EDIT_PLAN)
def import_refusals(cpts: Cpts, report_id: UUID) -> Response:
    return refusals_csv(import_queries.report_or_404(cpts, SUBJECT, report_id))
