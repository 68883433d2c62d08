"""The functions of the cell that levels mobilise, and what stays of one that leaves the cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.adaptation.levels.models import Level
from crisis_plan.adaptation.levels.operations import SUBJECT
from crisis_plan.db import db, hold

if TYPE_CHECKING:
    from crisis_plan.pilotage.crisis_cell.models import CellFunction


def told(function: CellFunction) -> list[str]:
    """« Niveau «\u00a0Alerte\u00a0», qui la mobilise ». One statement."""
    return [f"Niveau «\u00a0{level.name}\u00a0», qui la mobilise" for level in _naming(function)]


def keep_name(function: CellFunction, *, by: Account, at: datetime) -> None:
    """The name is written after what else the level sets in motion."""
    for level in _naming(function):
        hold(level)
        mobilises = "\n".join(words for words in (level.mobilises, function.name) if words)
        functions = [one for one in level.functions if one.id != function.id]
        written = {"functions": functions, "mobilises": mobilises}
        history.rewrite(level, written, subject=SUBJECT, by=by, at=at)


def _naming(function: CellFunction) -> Sequence[Level]:
    query = sa.select(Level).where(Level.cpts_id == function.cpts_id, Level.functions.any(id=function.id))
    return db.session.scalars(query.order_by(Level.position, Level.id)).all()
