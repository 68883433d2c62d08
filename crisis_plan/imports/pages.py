"""What the shared pages of an import show, and the lines to redo as a file.

A feature's templates extend `imports/upload.html` and `imports/report.html`; its routes are named `index`,
`import_form`, `read_import`, `show_import`, `apply_import` and `import_refusals`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from flask import Response, request, url_for
from wtforms.form import BaseForm

from crisis_plan.folding import folded
from crisis_plan.imports import queries, rules
from crisis_plan.imports.forms import ApplyForm
from crisis_plan.imports.models import ImportReport
from crisis_plan.imports.rules import Outcome
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import csv_file, harmless
from crisis_plan.web.pages import page_of_list


def refuse_file(form: BaseForm, message: object) -> None:
    """Put the reason why a file cannot be read beside the file field."""
    form["file"].errors = [*form["file"].errors, str(message)]


def upload_page(cpts: Cpts, subject: str, form: BaseForm) -> dict[str, Any]:
    """The form to choose a file, and what was imported before."""
    return {"form": form, "reports": queries.recent(cpts, subject)}


def report_page(report: ImportReport, form: ApplyForm | None = None, *, known: Collection[str]) -> dict[str, Any]:
    """The preview, or the report once applied. `known`: the folded headings that the feature reads."""
    lines = queries.lines(report)
    outcome = _asked_outcome()
    shown = [line for line in lines if outcome in (None, line.outcome)]
    return {
        "report": report,
        "form": form or ApplyForm(lines, formdata=None),
        "counts": rules.counts(lines),
        "outcome": outcome,
        "outcomes": list(Outcome),
        "page": page_of_list(shown, request.args.get("page", 1, type=int)),
        "page_url": _page_url(report, outcome),
        "ignored": ignored_headings(report, known),
        "coming_in": len(rules.to_import(lines)),
        "imported": sum(line.is_imported for line in lines),
        "to_redo": len(rules.to_redo(lines)),
    }


def ignored_headings(report: ImportReport, known: Collection[str]) -> list[str]:
    """The headings of the file that nothing reads."""
    return [heading for heading in report.headings if folded(heading) not in known]


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


def _page_url(report: ImportReport, outcome: Outcome | None) -> Callable[[int], str]:
    asked = outcome.value if outcome else None
    return lambda number: url_for(".show_import", report_id=report.id, resultat=asked, page=number)
