"""A call list to keep or to take along: proof, call sheets, spreadsheet. The same blueprint as `list_routes`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Document, Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import paper, queries
from crisis_plan.pilotage.calls.list_routes import bp
from crisis_plan.pilotage.calls.models import CallLine, CallList
from crisis_plan.pilotage.calls.proof import proof_of
from crisis_plan.pilotage.calls.rules import in_words
from crisis_plan.web.downloads import csv_file, private_pdf
from crisis_plan.web.formats import moment

__all__ = ["bp"]

HEADINGS = (
    "Nom", "Profession ou fonction", "Résultat", "Vient", "À partir de", "Joint le", "Délai", "Tentatives",
)  # fmt: skip
ROOM_TO_WRITE = 7.0
"""Points above and below each line of a call sheet."""


@bp.get("/<uuid:list_id>/preuve.pdf")
@requires(Permission.READ_WORKING_DATA)
def proof(cpts: Cpts, list_id: UUID) -> ResponseReturnValue:
    call_list = queries.list_or_404(cpts, list_id)
    lines, results = queries.lines(call_list), queries.results(call_list)
    printable = proof_of(cpts, call_list, lines, results, at=clock.now())
    return printed(printable, f"preuve_{named(cpts, call_list)}.pdf")


@bp.get("/<uuid:list_id>/feuille.pdf")
@requires(Permission.READ_WORKING_DATA)
def call_sheet(cpts: Cpts, list_id: UUID) -> ResponseReturnValue:
    call_list = queries.list_or_404(cpts, list_id)
    sheet = paper.call_sheet(cpts, call_list, queries.lines(call_list), at=clock.now())
    return printed(sheet, f"feuille-d-appel_{named(cpts, call_list)}.pdf", padding=ROOM_TO_WRITE)


@bp.get("/<uuid:list_id>/appels.csv")
@requires(Permission.READ_WORKING_DATA)
def export_csv(cpts: Cpts, list_id: UUID) -> Response:
    call_list = queries.list_or_404(cpts, list_id)
    rows = spreadsheet(cpts, call_list.opened_at, queries.lines(call_list))
    return csv_file(HEADINGS, rows, file_name=f"appels_{named(cpts, call_list)}.csv")


def printed(document: Document, file_name: str, *, padding: float | None = None) -> Response:
    content = leaflet.render(document, Edition.RESTRICTED, padding=padding)
    return private_pdf(content, file_name=file_name)


def spreadsheet(cpts: Cpts, opened_at: datetime, lines: Iterable[CallLine]) -> Iterable[tuple[object, ...]]:
    """A line a person, in the order of the list."""
    for line in lines:
        yield (
            line.name,
            line.what,
            line.outcome.label if line.outcome else "",
            {True: "oui", False: "non", None: ""}[line.comes],
            moment(line.available_at, cpts),
            moment(line.answered_at, cpts),
            in_words(line.answered_at - opened_at) if line.answered_at else "",
            line.attempts_count,
        )


def named(cpts: Cpts, call_list: CallList) -> str:
    """What the files of this list are called."""
    return f"{cpts.slug}_{clock.local(call_list.opened_at, cpts):%Y-%m-%d}"
