"""The debriefs of crises and exercises, as the plan prints them under « Bilans »."""

from __future__ import annotations

from datetime import date

from crisis_plan.document.blocks import Block, Column, Row, Table
from crisis_plan.evaluation.debriefs.reviewed import Reviewed, reviewed
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import number, short_date

COLUMNS = (
    Column("Crise ou exercice", 1.4),
    Column("Intitulé", 2.0),
    Column("Fin", 0.9),
    Column("Points forts", 0.8, numeric=True),
    Column("Points faibles", 0.8, numeric=True),
    Column("Améliorations décidées", 1.1, numeric=True),
    Column("Réalisées", 0.9, numeric=True),
)


def summary(cpts: Cpts, _today: date) -> tuple[Block, ...]:
    """The validated debriefs, the latest first; nothing where none is validated."""
    rows = tuple(_row(one) for one in reviewed(cpts) if one.is_validated)
    return (Table("Bilans validés", COLUMNS, rows),) if rows else ()


def _row(one: Reviewed) -> Row:
    counts = (one.strong, one.weak, one.decided, one.done)
    return Row((one.subject, one.title, short_date(one.over_on), *map(number, counts)), key=f"bilan-{one.id}")
