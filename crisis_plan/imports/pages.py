"""What the shared pages of an import show, and the lines to redo as a file.

A feature's templates extend `imports/upload.html` and `imports/report.html`; `room` gives them their addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, request, url_for
from wtforms.form import BaseForm

from crisis_plan.folding import folded
from crisis_plan.imports import columns, queries, rules
from crisis_plan.imports.forms import ApplyForm, ColumnsForm, apply_form, columns_form
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.rules import ImportLine, Outcome
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file, harmless
from crisis_plan.web.pages import page_of_list


def refuse_file(form: BaseForm, message: object) -> None:
    """Put the reason why a file cannot be read beside the file field."""
    form["file"].errors = [*form["file"].errors, str(message)]


def upload_page(cpts: Cpts, subject: str, form: BaseForm) -> dict[str, Any]:
    """The form to choose a file, and what was imported before."""
    return {"form": form, "reports": queries.recent(cpts, subject)}


def lines_page(report: ImportReport, lines: Sequence[ImportLine], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What became of each line, by outcome, page after page."""
    outcome = _asked_outcome()
    shown = [line for line in lines if outcome in (None, line.outcome)]
    return {
        "report": report,
        "counts": rules.counts(lines),
        "outcome": outcome,
        "outcomes": outcomes,
        "page": page_of_list(shown, request.args.get("page", 1, type=int)),
        "page_url": _page_url(outcome),
        "imported": sum(line.is_imported for line in lines),
        "completed": sum(line.has_completed for line in lines),
        "to_redo": len(rules.to_redo(lines)),
    }


def table_page(
    report: ImportReport,
    fields: Sequence[columns.Field],
    form: ApplyForm | None = None,
    matched: ColumnsForm | None = None,
) -> dict[str, Any]:
    """The preview of a table, or its report once applied."""
    lines = queries.lines(report)
    shown = lines_page(report, lines, rules.OF_A_TABLE) | {
        "form": form or apply_form(lines, is_asked=False),
        "ignored": ignored_headings(report),
        "identical": sum(line.is_identical for line in lines),
        "coming_in": len(rules.to_import(lines)),
        "sheet": report.details.get("sheet", ""),
        "other_sheets": report.details.get("other_sheets", 0),
    }
    if report.applied_at or not report.headings:
        return shown | {"columns": None, "lacking": [], "is_columns_first": False}
    asked = matched or columns_form(queries.sheet(report), fields, report.matching, is_asked=False)
    lacking, said = columns.missing(report.matching, fields), queries.decided(report)
    is_first = bool(lacking) or any(folded(heading) not in said for heading in shown["ignored"])
    return shown | {"columns": asked, "lacking": lacking, "is_columns_first": is_first}


def ignored_headings(report: ImportReport) -> list[str]:
    """The headings of the file that nothing reads."""
    return [heading for heading in report.headings if report.matching and not report.matching.get(folded(heading))]


def refusals_csv(report: ImportReport) -> Response:
    """The lines to redo, with the columns of the file and why."""
    lines = rules.to_redo(queries.lines(report))
    rows = [[*line.raw, " ".join(line.reasons)] for line in lines]
    return csv_file([*map(harmless, report.headings), "Motif"], rows, file_name="lignes-a-reprendre.csv")


def _asked_outcome() -> Outcome | None:
    try:
        return Outcome(request.args.get("resultat", ""))
    except ValueError:
        return None


def _page_url(outcome: Outcome | None) -> Callable[[int], str]:
    """The address shown now, at another page."""
    asked, endpoint = outcome.value if outcome else None, f".{str(request.endpoint).rsplit('.', 1)[-1]}"
    here = {name: value for name, value in (request.view_args or {}).items() if name != "cpts"}
    if "apply" in endpoint or "match" in endpoint:
        endpoint = endpoint.replace("apply", "show").replace("match", "show")
    return lambda number: url_for(endpoint, **here, resultat=asked, page=number)
