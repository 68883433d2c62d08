"""Importing an Annuaire Santé extraction on the web. The same blueprint as `routes`."""

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
from crisis_plan.anticipation.directory import annuaire_import, annuaire_sante
from crisis_plan.anticipation.directory.annuaire_columns import NotAnExtraction
from crisis_plan.anticipation.directory.annuaire_forms import EVERY_PROFESSION, ExtractionForm, TakeForm
from crisis_plan.anticipation.directory.annuaire_import import OUTCOMES, SUBJECT, Asked
from crisis_plan.anticipation.directory.annuaire_people import TooManyPeople
from crisis_plan.anticipation.directory.history_routes import bp
from crisis_plan.anticipation.directory.telephones import region_of
from crisis_plan.db import slow, writing
from crisis_plan.imports import operations as imports
from crisis_plan.imports import queries
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.operations import Preview
from crisis_plan.imports.pages import lines_page, refuse_file, upload_page
from crisis_plan.imports.rules import Outcome
from crisis_plan.once import creates_once
from crisis_plan.organisations.communes import communes
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file
from crisis_plan.web.htmx import done, invalid
from crisis_plan.web.uploads import EXTRACTION_LIMIT, takes_up_to

__all__ = ["bp"]

FORM = "anticipation/directory/annuaire.html"
REPORT = "anticipation/directory/annuaire_report.html"
MOST_PEOPLE = 20_000
"""Twenty times what a large CPTS has; each of them is compared with the directory, and kept in the preview."""


@bp.get("/importer/annuaire-sante")
@requires(Permission.EDIT_PLAN)
def annuaire_form(cpts: Cpts) -> ResponseReturnValue:
    return render_template(FORM, **upload_page(cpts, SUBJECT, extraction_form(cpts)))


def extraction_form(cpts: Cpts) -> ExtractionForm:
    """The form, with the communes of the CPTS."""
    return ExtractionForm([(one.code, one.name) for one in communes([chosen.code for chosen in cpts.communes])])


@bp.post("/importer/annuaire-sante")
@requires(Permission.EDIT_PLAN)
@takes_up_to(EXTRACTION_LIMIT)
@slow
def read_annuaire(cpts: Cpts) -> ResponseReturnValue:
    """Read the file as it streams, then take the lock for as long as it takes to keep the preview."""
    form = extraction_form(cpts)
    if not form.validate():
        return invalid(FORM, **upload_page(cpts, SUBJECT, form))
    asked = Asked(frozenset(form.communes.data or ()), _not_all(form.professions.data or ()))
    try:
        found = annuaire_sante.extract(
            form.file.data.stream,
            asked.communes,
            professions=asked.professions,
            region=region_of(cpts.departements),
            most=MOST_PEOPLE,
        )
    except (NotAnExtraction, TooManyPeople) as refusal:
        refuse_file(form, refusal)
        return invalid(FORM, **upload_page(cpts, SUBJECT, form))
    form.file.data.stream.seek(0)  # `creates_once` reads it again
    preview = annuaire_import.preview(cpts, form.file_name, found, asked)
    with writing():
        return keep_annuaire(cpts=cpts, preview=preview)


def _not_all(professions: Sequence[str]) -> frozenset[str] | None:
    return None if len(professions) == len(EVERY_PROFESSION) else frozenset(professions)


@creates_once
def keep_annuaire(*, cpts: Cpts, preview: Preview) -> ResponseReturnValue:
    report = imports.keep_preview(cpts, preview, by=current_user, at=clock.now())
    return done(otherwise=url_for(".show_annuaire", report_id=report.id))


@bp.get("/importer/annuaire-sante/<uuid:report_id>")
@requires(Permission.EDIT_PLAN)
def show_annuaire(cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    return render_template(REPORT, **shown(queries.report_or_404(cpts, SUBJECT, report_id)))


def shown(report: ImportReport, form: TakeForm | None = None) -> dict[str, Any]:
    """The preview, or the report once applied."""
    lines = queries.lines(report)
    asked = form or TakeForm(lines, formdata=None)
    page = lines_page(report, lines, OUTCOMES)
    to_do = page["counts"][Outcome.ACCEPTED] + page["counts"][Outcome.CHANGED]
    return page | {
        "form": asked,
        "is_nothing_to_do": not (to_do or asked.differences.choices or asked.gone.choices),
        "comes_in": annuaire_import.comes_in,
        "removed": sum(line.is_imported and line.outcome == "gone" for line in lines),
        "proposed": sum(len(line.proposals) for line in lines),
    }


@bp.post("/importer/annuaire-sante/<uuid:report_id>")
@requires(Permission.EDIT_PLAN)
@slow
def apply_annuaire(cpts: Cpts, report_id: UUID) -> ResponseReturnValue:
    """Everyone at once, in one transaction; what people corrected stays unless it was ticked."""
    report = queries.report_or_404(cpts, SUBJECT, report_id)
    there = redirect(url_for(".show_annuaire", report_id=report_id), 303)
    if report.applied_at:
        return there
    lines, details = queries.lines(report), report.details
    form = TakeForm(lines)
    if not form.validate():
        return invalid(REPORT, **shown(report, form))
    ticked = {"differences": form.differences.data or (), "gone": form.gone.data or ()}
    annuaire_import.bring_in(cpts, report_id, lines, details, **ticked, by=current_user, at=clock.now())
    return there


@bp.get("/importer/annuaire-sante/<uuid:report_id>/rapport.csv")
@requires(Permission.EDIT_PLAN)
def annuaire_report(cpts: Cpts, report_id: UUID) -> Response:
    """What became of each line, as a file to keep."""
    lines = queries.lines(queries.report_or_404(cpts, SUBJECT, report_id))
    rows = [[line.number or "", line.outcome.label, line.label, " ".join(line.reasons)] for line in lines]
    return csv_file(["Ligne", "Résultat", "Nom", "Motif"], rows, file_name="rapport-annuaire-sante.csv")
