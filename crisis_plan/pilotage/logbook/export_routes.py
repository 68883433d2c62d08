"""The logbook to keep: PDF and spreadsheet. The same blueprint as `routes`."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import queries as crises
from crisis_plan.pilotage.crises.paper import file_name
from crisis_plan.pilotage.logbook import queries
from crisis_plan.pilotage.logbook.paper import HEADINGS, logbook_paper, spreadsheet
from crisis_plan.pilotage.logbook.routes import bp
from crisis_plan.pilotage.logbook.rules import Part
from crisis_plan.web.downloads import csv_file, private_pdf

__all__ = ["bp"]


@bp.get("/journal.pdf")
@requires(Permission.READ_WORKING_DATA)
def pdf(cpts: Cpts, crisis_id: UUID) -> Response:
    """The whole log as it stands, the last number and its seal on each page."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    entries, annex = queries.whole(crisis, Part.MAIN), queries.whole(crisis, Part.ANNEX)
    content = leaflet.render(logbook_paper(cpts, crisis, entries, annex, at=clock.now()), Edition.RESTRICTED)
    return private_pdf(content, file_name=file_name(cpts, crisis, "journal", "pdf"))


@bp.get("/journal.csv")
@requires(Permission.READ_WORKING_DATA)
def csv(cpts: Cpts, crisis_id: UUID) -> Response:
    """Every entry and its seal, for French Excel."""
    crisis = crises.crisis_or_404(cpts, crisis_id)
    entries = [*queries.whole(crisis, Part.MAIN), *queries.whole(crisis, Part.ANNEX)]
    return csv_file(HEADINGS, spreadsheet(cpts, entries), file_name=file_name(cpts, crisis, "journal", "csv"))
