"""The steps of an improvement: each change of it, in words, numbered, and never changed afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.evaluation.improvements.models import Improvement, ImprovementStep
from crisis_plan.evaluation.improvements.rules import opened_at
from crisis_plan.web.formats import long_date

SUBJECT = "improvement"


def add(improvement: Improvement, word: str, *, fields: Sequence[str], by: Account, at: datetime) -> None:
    """Count one more version of what was just changed, and say it; whoever adds holds the improvement."""
    improvement.version += 1
    history.record(
        history.Verb.CHANGED, SUBJECT, improvement.id, cpts_id=improvement.cpts_id, by=by, at=at, fields=fields
    )
    last = db.session.scalar(
        sa.select(sa.func.max(ImprovementStep.number)).where(ImprovementStep.improvement_id == improvement.id)
    )
    _write(improvement, (last or 0) + 1, word, by=by, at=at)


def add_first(improvement: Improvement, word: str, *, by: Account, at: datetime) -> None:
    """It was just decided."""
    _write(improvement, 1, word, by=by, at=at)


def opened(improvements: Collection[Improvement]) -> dict[UUID, datetime]:
    """By its identity, when each was last decided or taken up again; one statement."""
    query = sa.select(ImprovementStep).where(ImprovementStep.improvement_id.in_([one.id for one in improvements]))
    taken: dict[UUID, list[ImprovementStep]] = defaultdict(list)
    for step in db.session.scalars(query.order_by(ImprovementStep.number)):
        taken[step.improvement_id].append(step)
    return {one.id: opened_at(taken[one.id]) or one.created_at for one in improvements}


def what_changed(improvement: Improvement, wanted: Mapping[str, Any]) -> str:
    """« Échéance : 3 mars 2027, au lieu du 1er février 2027 »: each column that will change, a line each."""
    sentences = {
        "text": f"Texte précédent\u00a0: {improvement.text}",
        "owner_name": f"Responsable\u00a0: {wanted.get('owner_name')}, à la place de {improvement.owner_name or 'personne'}",
        "due_on": _day_changed(improvement.due_on, wanted.get("due_on")),
        "target": f"Dans le plan\u00a0: {wanted.get('target') or 'hors du texte du plan'}",
    }
    return "\n".join(
        said for name, said in sentences.items() if name in wanted and getattr(improvement, name) != wanted[name]
    )


def _day_changed(stored: date | None, wanted: date | None) -> str:
    before = f", au lieu du {long_date(stored)}" if stored else ""
    return f"Échéance\u00a0: {long_date(wanted) or 'aucune'}{before}"


def _write(improvement: Improvement, number: int, word: str, *, by: Account, at: datetime) -> None:
    db.session.add(
        ImprovementStep(
            improvement_id=improvement.id,
            number=number,
            at=at,
            by_id=by.id,
            by_name=by.name,
            state=improvement.state,
            word=word,
        )
    )
    db.session.flush()
