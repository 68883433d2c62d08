"""The board of needs on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crisis_plan.document.blocks import Chapter, Column, Document, Part, Row, Table
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises import paper
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.logbook.wording import witness
from crisis_plan.pilotage.needs.queries import CommuneBoard
from crisis_plan.web.formats import moment, number

if TYPE_CHECKING:
    from crisis_plan.pilotage.logbook.models import LogbookEntry
    from crisis_plan.pilotage.needs.models import CommuneNeed

COLUMNS = (
    Column("Commune", 1.3),
    Column("Nature", 1.4),
    Column("Ce qu’il faut", 2.6),
    Column("Personnes", 0.8, numeric=True),
    Column("Où en est-on", 1.8),
    Column("Dit par", 1.2),
)


def needs_paper(
    cpts: Cpts, crisis: Crisis, boards: Sequence[CommuneBoard], last: LogbookEntry | None, *, at: datetime
) -> Document:
    """Every need, commune by commune, open ones first; its figures are counts, it names nobody."""
    title = f"Besoins par commune, le {moment(at, cpts)}"
    rows = tuple(_row(need) for board in boards for need in board.needs)
    table = Table("", COLUMNS, rows, empty="Aucun besoin n’a été noté.")
    chapter = Chapter("besoins", title, (table,), Part.ANNEX)
    return paper.document(cpts, crisis, (chapter,), at=at, title=title, witness=witness(last))


def _row(need: CommuneNeed) -> Row:
    kind = f"{need.kind.label}\n{need.care.label}" if need.care else need.kind.label
    stands = f"{need.state.label}\n{need.answer}" if need.answer else need.state.label
    people = "" if need.people_count is None else number(need.people_count)
    return Row((need.commune, kind, need.text, people, stands, need.reported_by), key=str(need.id))
