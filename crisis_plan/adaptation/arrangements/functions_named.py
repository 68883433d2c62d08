"""The functions of the cell that lines name, and what stays of one that leaves the cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.operations import SUBJECT
from crisis_plan.db import db, hold
from crisis_plan.pilotage.crisis_cell.naming import shortened

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_cell.models import CellFunction

LONGEST_WHO = 300
BESIDE = ", "


def told(function: CellFunction) -> list[str]:
    """« Continuité des soins : séances de dialyse ». One statement."""
    return [f"{line.kind.label}\u00a0: {line.what}" for line in _naming(function)]


def keep_name(function: CellFunction, *, by: Account, at: datetime) -> None:
    """The name goes before the other words that say who."""
    for line in _naming(function):
        hold(line)
        name = shortened(function.name, LONGEST_WHO - len(BESIDE) - len(line.who))
        who = BESIDE.join(words for words in (name, line.who) if words)
        history.rewrite(line, {"function": None, "who": who}, subject=SUBJECT, by=by, at=at)


def _naming(function: CellFunction) -> Sequence[Arrangement]:
    query = sa.select(Arrangement).where(
        Arrangement.cpts_id == function.cpts_id, Arrangement.function_id == function.id
    )
    return db.session.scalars(query.order_by(Arrangement.kind, Arrangement.position, Arrangement.id)).all()
