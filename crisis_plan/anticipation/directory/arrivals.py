"""Bringing what an import accepted into the directory: everything is made ready first, then written at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from crisis_plan.access.models import Account
from crisis_plan.anticipation.directory import bulk, contact_lines, queries
from crisis_plan.anticipation.directory.bulk import Rows
from crisis_plan.anticipation.directory.drafts import from_json
from crisis_plan.anticipation.directory.operations import SPREADSHEET
from crisis_plan.anticipation.directory.queries import Taken
from crisis_plan.db import db, hold, writing
from crisis_plan.errors import RuleBroken
from crisis_plan.imports import operations as imports
from crisis_plan.imports.rules import ImportLine, once_applied, to_import, to_json
from crisis_plan.organisations.models import Cpts

SUBJECT = "contacts"


class DirectoryMoved(RuleBroken):
    def __str__(self) -> str:
        return "L’annuaire a changé pendant l’import : rien n’a été importé. Envoyez de nouveau."


@dataclass(frozen=True)
class Arrivals:
    """What a file brings into the directory, ready to be written."""

    taken: Taken
    """Whom it was compared with."""
    rows: Rows
    kept: list[dict[str, object]]
    """What the report will say of each line."""


def bring_in(
    cpts: Cpts, report_id: UUID, lines: Sequence[ImportLine], *, forced: Collection[int], by: Account, at: datetime
) -> None:
    """Import everything that was accepted, once; who joined the directory meanwhile is left out.

    The lock is taken when all is ready: only a directory that changed since is compared again under it.
    """
    ready = _made_ready(cpts, lines, queries.taken(cpts), forced, at)
    with writing():
        hold(cpts)
        if not imports.claim(report_id, at=at):
            return
        taken = queries.taken(cpts)
        if taken != ready.taken:
            ready = _made_ready(cpts, lines, taken, forced, at)
        try:
            with db.session.begin_nested():
                bulk.write(ready.rows)
        except IntegrityError:
            raise DirectoryMoved from None
        imports.mark_applied(cpts, SUBJECT, report_id, ready.kept, by=by, at=at)


def _made_ready(
    cpts: Cpts, lines: Sequence[ImportLine], taken: Taken, forced: Collection[int], at: datetime
) -> Arrivals:
    compared = contact_lines.find_duplicates(lines, taken, forced=forced)
    coming_in = to_import(compared, forced)
    rows = bulk.rows_of(cpts, (from_json(line.values) for line in coming_in), at=at, source=SPREADSHEET)
    return Arrivals(taken, rows, to_json(once_applied(compared, (line.number for line in coming_in))))
