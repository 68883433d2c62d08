"""The import of a table, the same in every room: read, match the columns, preview, apply once, report.

A feature fills a `Room` with its fields and its verbs, and opens it on its blueprint, which has an `index`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial, update_wrapper
from typing import Any, Protocol
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.models import Account
from crisis_plan.access.policy import Permission
from crisis_plan.db import slow, writing
from crisis_plan.imports import columns, operations, queries
from crisis_plan.imports.columns import Matching
from crisis_plan.imports.forms import UploadForm, apply_form, columns_form
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.operations import Preview
from crisis_plan.imports.pages import refusals_csv, refuse_file, table_page, upload_page
from crisis_plan.imports.rules import Choices, ImportLine
from crisis_plan.imports.sheets import Sheet
from crisis_plan.once import creates_once
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import UploadRefused

MATCHED = "Colonnes enregistrées : le fichier a été relu. Elles seront reconnues la prochaine fois."


class BringIn(Protocol):
    """Save what was accepted, in one transaction, once."""

    def __call__(
        self,
        cpts: Cpts,
        report_id: UUID,
        lines: list[ImportLine],
        choices: Choices,
        *,
        by: Account,
        at: datetime,
    ) -> None: ...


@dataclass(frozen=True)
class Room:
    """What a feature says of its import."""

    subject: str
    upload: str
    """The template that extends `imports/upload.html`."""
    report: str
    """The template that extends `imports/report.html`."""
    fields: tuple[columns.Field, ...]
    assess: Callable[[Cpts, Sheet, Matching], list[ImportLine]]
    """What becomes of each line, its columns being matched so."""
    bring_in: BringIn
    comes_in: Callable[[ImportLine], list[str]]
    """What a line brings beside its name, as the preview shows it."""

    def shown(self, report: ImportReport, **forms: Any) -> dict[str, Any]:
        """What the page of this report shows."""
        return table_page(report, self.fields, **forms) | {"comes_in": self.comes_in}

    def report_or_404(self, cpts: Cpts, report_id: UUID) -> ImportReport:
        return queries.report_or_404(cpts, self.subject, report_id)


@requires(Permission.EDIT_PLAN)
def import_form(room: Room, cpts: Cpts) -> ResponseReturnValue:
    return render_template(room.upload, **upload_page(cpts, room.subject, UploadForm(formdata=None)))


@requires(Permission.EDIT_PLAN)
@slow
def read_import(room: Room, cpts: Cpts) -> ResponseReturnValue:
    """Read the file first, then take the lock for as long as it takes to keep the preview."""
    form = UploadForm()
    if not form.validate():
        return invalid(room.upload, **upload_page(cpts, room.subject, form))
    try:
        sheet = form.sheet()
        if not sheet.lines:
            raise UploadRefused("Ce fichier ne contient que des titres de colonnes.")
    except UploadRefused as refusal:
        refuse_file(form, refusal)
        return invalid(room.upload, **upload_page(cpts, room.subject, form))
    matching = columns.guess(sheet, room.fields, queries.remembered(cpts, room.subject))
    details = {"sheet": sheet.name, "other_sheets": sheet.others} if sheet.name else {}
    lines = room.assess(cpts, sheet, matching)
    preview = Preview(room.subject, form.file_name, lines, sheet.headings, matching, details)
    with writing():
        return keep_preview(cpts=cpts, preview=preview)


@creates_once
def keep_preview(*, cpts: Cpts, preview: Preview) -> ResponseReturnValue:
    report = operations.keep_preview(cpts, preview, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show_import", report_id=report.id))


@requires(Permission.EDIT_PLAN)
def show_import(room: Room, cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    return render_template(room.report, **room.shown(room.report_or_404(cpts, report_id)))


@requires(Permission.EDIT_PLAN)
@slow
def match_import(room: Room, cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    """The columns as they were corrected: every line is read again from its cells, before anything is saved."""
    report = room.report_or_404(cpts, report_id)
    there = url_for(".show_import", report_id=report_id)
    if report.applied_at:
        return redirect(there, 303)
    sheet = queries.sheet(report)
    form = columns_form(sheet, room.fields, report.matching)
    if not form.validate():
        return invalid(room.report, **room.shown(report, matched=form))
    matching = form.matching(sheet)
    lines = room.assess(cpts, sheet, matching)
    with writing():
        operations.match_again(cpts, report_id, room.subject, matching, lines)
        return done(otherwise=there, said=MATCHED)


@requires(Permission.EDIT_PLAN)
@slow
def apply_import(room: Room, cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    """Everything that was accepted, in one transaction, once; what was saved meanwhile is left out."""
    report = room.report_or_404(cpts, report_id)
    there = redirect(url_for(".show_import", report_id=report_id), 303)
    if report.applied_at:
        return there
    lines = queries.lines(report)
    form = apply_form(lines)
    if not form.validate():
        return invalid(room.report, **room.shown(report, form=form))
    room.bring_in(cpts, report_id, lines, form.choices, by=current_user, at=clock.now())
    return there


@requires(Permission.EDIT_PLAN)
def import_refusals(room: Room, cpts: Cpts, report_id: UUID) -> Response:
    return refusals_csv(room.report_or_404(cpts, report_id))


VIEWS: tuple[tuple[str, str, Callable[..., ResponseReturnValue]], ...] = (
    ("GET", "/importer", import_form),
    ("POST", "/importer", read_import),
    ("GET", "/importer/<uuid:report_id>", show_import),
    ("POST", "/importer/<uuid:report_id>", apply_import),
    ("POST", "/importer/<uuid:report_id>/colonnes", match_import),
    ("GET", "/importer/<uuid:report_id>/lignes-a-reprendre.csv", import_refusals),
)


def open_room(bp: Blueprint, room: Room) -> None:
    """Give this import its addresses; what each view declares goes with it."""
    for method, address, view in VIEWS:
        bp.add_url_rule(address, view.__name__, update_wrapper(partial(view, room), view), methods=[method])
