"""Importing contacts. The same blueprint as `routes`, so the same addresses."""

from __future__ import annotations

from crisis_plan import clock
from crisis_plan.anticipation.directory import alike, arrivals, contact_lines, queries
from crisis_plan.anticipation.directory.annuaire_routes import bp
from crisis_plan.anticipation.directory.completing import as_draft
from crisis_plan.anticipation.directory.contact_columns import FIELDS
from crisis_plan.anticipation.directory.telephones import region_of
from crisis_plan.imports.columns import Matching
from crisis_plan.imports.room import Room, open_room
from crisis_plan.imports.rules import ImportLine, Outcome
from crisis_plan.imports.sheets import Sheet
from crisis_plan.organisations.models import Cpts

__all__ = ["bp"]


def assess(cpts: Cpts, sheet: Sheet, matching: Matching) -> list[ImportLine]:
    """What becomes of each line, beside the directory as it is now; contacts are loaded only for duplicates."""
    known = arrivals.known(cpts)
    lines = contact_lines.assess(
        sheet,
        known.taken,
        today=clock.today(cpts),
        region=region_of(cpts.departements),
        matching=matching,
        opposed=known.opposed,
    )
    if not any(line.outcome is Outcome.DUPLICATE for line in lines):
        return lines
    return alike.compared(lines, map(as_draft, queries.contacts(cpts)))


open_room(
    bp,
    Room(
        subject=arrivals.SUBJECT,
        upload="anticipation/directory/import.html",
        report="anticipation/directory/report.html",
        fields=FIELDS,
        assess=assess,
        bring_in=arrivals.bring_in,
        comes_in=contact_lines.comes_in,
    ),
)
