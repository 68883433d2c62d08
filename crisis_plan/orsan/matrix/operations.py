"""Saying how the CPTS's plan fits with ORSAN."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from crisis_plan import history
from crisis_plan.access.models import Account
from crisis_plan.db import db, hold, take
from crisis_plan.errors import Stale
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.matrix import queries
from crisis_plan.orsan.matrix.models import OrsanLink, OrsanStance
from crisis_plan.orsan.matrix.rules import Link
from crisis_plan.orsan.matrix.stances import Stance

SUBJECT = "orsan_stance"


def choose(cpts: Cpts, stance: Stance, *, seen_version: int, today: date, by: Account, at: datetime) -> OrsanStance:
    """Say which links hold, why some types have none, what is brought to each provision. Raises `Stale`.

    `seen_version` is 0 where nobody had chosen yet. Choosing is reviewing.
    """
    hold(cpts)
    stored = queries.stance_row(cpts)
    written = {**_said(stance), "reviewed_on": today}
    if stored is None:
        if seen_version:
            raise Stale
        _link(cpts, stance.links)
        stored = OrsanStance(cpts_id=cpts.id, updated_at=at, **written)
        db.session.add(stored)
        db.session.flush()
        _record(history.Verb.CREATED, stored, (), by=by, at=at)
        return stored
    take(stored, seen_version)
    _write(stored, written, _link(cpts, stance.links), by=by, at=at)
    return stored


def review(stored: OrsanStance, *, seen_version: int, on: date, by: Account, at: datetime) -> None:
    """Somebody read on this day what the page showed, and it holds. Raises `Stale` when it changed since.

    What was read stays as it is: a form opened before is not stale, and two people may review the same links.
    """
    take(stored, seen_version)
    if stored.reviewed_on == on:
        return
    stored.reviewed_on = on
    stored.updated_at = at
    _record(history.Verb.CHANGED, stored, ("reviewed_on",), by=by, at=at)


def _link(cpts: Cpts, links: frozenset[Link]) -> Sequence[str]:
    """Keep these links and no other. Which field changed, if it did."""
    known = queries.links(cpts)
    if known - links:
        pair = sa.tuple_(OrsanLink.crisis_type, OrsanLink.orsan_plan)
        db.session.execute(sa.delete(OrsanLink).where(OrsanLink.cpts_id == cpts.id, pair.in_(sorted(known - links))))
    for crisis_type, plan in sorted(links - known):
        db.session.add(OrsanLink(cpts_id=cpts.id, crisis_type=crisis_type, orsan_plan=plan))
    return ["links"] if known != links else []


def _said(stance: Stance) -> dict[str, Any]:
    """Field by field, as the table holds them."""
    return {
        "reasons": {one.value: text for one, text in stance.reasons.items() if text},
        "provisions": {one.value: text for one, text in stance.provisions.items() if text},
    }


def _write(stored: OrsanStance, written: dict[str, Any], links: Sequence[str], *, by: Account, at: datetime) -> None:
    """`links`: which field says that the links themselves changed."""
    changed = [name for name, value in written.items() if getattr(stored, name) != value]
    if not changed and not links:
        return
    for name in changed:
        setattr(stored, name, written[name])
    stored.version += 1
    stored.updated_at = at
    _record(history.Verb.CHANGED, stored, (*changed, *links), by=by, at=at)


def _record(verb: history.Verb, stored: OrsanStance, fields: Sequence[str], *, by: Account, at: datetime) -> None:
    history.record(verb, SUBJECT, stored.cpts_id, cpts_id=stored.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
