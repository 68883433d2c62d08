"""The handover sheet, on screen and on paper. The same blueprint as `list_routes`."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.document import leaflet
from crisis_plan.document.blocks import Edition
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.paper import file_name
from crisis_plan.pilotage.crises.queries import crisis_or_404
from crisis_plan.pilotage.situation_reports.handover import handover as now_known
from crisis_plan.pilotage.situation_reports.handover_paper import sheet
from crisis_plan.pilotage.situation_reports.rules import FEW_PAGES
from crisis_plan.pilotage.situation_reports.sending_routes import bp
from crisis_plan.web.downloads import private_pdf

__all__ = ["bp"]

HANDOVER = "pilotage/situation_reports/handover.html"


@bp.get("/passation")
@requires(Permission.READ_WORKING_DATA)
def handover(cpts: Cpts, crisis_id: UUID) -> ResponseReturnValue:
    crisis = crisis_or_404(cpts, crisis_id)
    return render_template(HANDOVER, crisis=crisis, document=sheet(cpts, crisis, now_known(cpts, crisis, clock.now())))


@bp.get("/passation.pdf")
@requires(Permission.READ_WORKING_DATA)
def handover_pdf(cpts: Cpts, crisis_id: UUID) -> Response:
    crisis, now = crisis_or_404(cpts, crisis_id), clock.now()
    content = leaflet.render(sheet(cpts, crisis, now_known(cpts, crisis, now)), Edition.RESTRICTED, few=FEW_PAGES)
    hour = f"{clock.local(now, cpts):%Y-%m-%d-%Hh%M}"
    return private_pdf(content, file_name=file_name(cpts, crisis, f"passation-du-{hour}", "pdf"))
