"""Bringing what an import accepted into the stock: everything is read and compared first, then written at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crisis_plan.access.models import Account
from crisis_plan.anticipation.stock import operations, queries, stock_lines
from crisis_plan.anticipation.stock.descriptions import StockLine
from crisis_plan.anticipation.stock.queries import Taken
from crisis_plan.db import hold, writing
from crisis_plan.imports import operations as imports
from crisis_plan.imports.rules import Choice, Choices, ImportLine, chosen, once_applied, to_import, to_json
from crisis_plan.organisations.models import Cpts

SUBJECT = "stock"


@dataclass(frozen=True)
class Arrivals:
    """What a file brings into the stock, ready to be written."""

    taken: Taken
    """What it was compared with."""
    lines: list[StockLine]
    kept: list[dict[str, object]]
    """What the report will say of each line."""


def bring_in(
    cpts: Cpts, report_id: UUID, lines: Sequence[ImportLine], choices: Choices, *, by: Account, at: datetime
) -> None:
    """Import everything that was accepted, once; what joined the stock meanwhile is left out.

    The lock is taken when all is ready: only a stock that changed since is compared again under it.
    """
    forced = chosen(choices, Choice.FORCE)
    ready = _made_ready(lines, queries.taken(cpts), forced)
    with writing():
        hold(cpts)
        if not imports.claim(report_id, at=at):
            return
        taken = queries.taken(cpts)
        if taken != ready.taken:
            ready = _made_ready(lines, taken, forced)
        operations.import_stock(cpts, ready.lines, by=by, at=at)
        imports.mark_applied(cpts, SUBJECT, report_id, ready.kept, by=by, at=at)


def _made_ready(lines: Sequence[ImportLine], taken: Taken, forced: Collection[int]) -> Arrivals:
    compared = stock_lines.find_duplicates(lines, taken, forced=forced)
    coming_in = to_import(compared, forced)
    kept = to_json(once_applied(compared, (line.number for line in coming_in)))
    return Arrivals(taken, list(map(stock_lines.stock_line, coming_in)), kept)
