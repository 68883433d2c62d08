"""The state of the stock for the ARS: one page, and the same figures for a spreadsheet."""

from __future__ import annotations

from flask import Response

from crisis_plan import clock
from crisis_plan.access.guard import requires
from crisis_plan.access.policy import Permission
from crisis_plan.anticipation.stock import means_queries, queries, state, state_paper
from crisis_plan.anticipation.stock.count_routes import PDF, bp
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.downloads import attachment, csv_file

__all__ = ["bp"]


@bp.get("/etat-du-stock.pdf")
@requires(Permission.READ_WORKING_DATA)
def state_pdf(cpts: Cpts) -> Response:
    today = clock.today(cpts)
    content = state_paper.state(cpts, queries.held_items(cpts, today), means_queries.other_means(cpts), today)
    return attachment(content, media_type=PDF, file_name=f"etat-du-stock_{cpts.slug}_{today}.pdf")


@bp.get("/etat-du-stock.csv")
@requires(Permission.READ_WORKING_DATA)
def state_csv(cpts: Cpts) -> Response:
    today = clock.today(cpts)
    rows = state.rows(cpts, queries.held_items(cpts, today), means_queries.other_means(cpts), today)
    return csv_file(state.HEADINGS, rows, file_name=f"etat-du-stock_{cpts.slug}_{today}.csv")
