"""Importing the stock. The same blueprint as `routes`, so the same addresses."""

from __future__ import annotations

from crisis_plan import clock
from crisis_plan.anticipation.stock import arrivals, queries, stock_lines
from crisis_plan.anticipation.stock.batch_routes import bp
from crisis_plan.imports.columns import Matching
from crisis_plan.imports.room import Room, open_room
from crisis_plan.imports.rules import ImportLine
from crisis_plan.imports.sheets import Sheet
from crisis_plan.organisations.models import Cpts

__all__ = ["bp"]


def assess(cpts: Cpts, sheet: Sheet, matching: Matching) -> list[ImportLine]:
    """What becomes of each line, beside the stock as it is now."""
    return stock_lines.assess(sheet, queries.taken(cpts), today=clock.today(cpts), matching=matching)


open_room(
    bp,
    Room(
        subject=arrivals.SUBJECT,
        upload="anticipation/stock/import.html",
        report="anticipation/stock/report.html",
        fields=stock_lines.FIELDS,
        assess=assess,
        bring_in=arrivals.bring_in,
        comes_in=stock_lines.comes_in,
    ),
)
