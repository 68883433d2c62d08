"""Saying how the CPTS's plan fits with ORSAN."""

from __future__ import annotations

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

    `seen_version` is 0 where nobody had chosen yet. Choosing is rereading.
    """
    hold(cpts)
    stored = queries.stance_row(cpts)
    if stored is None:
        if seen_version:
            raise Stale
        stored = OrsanStance(cpts_id=cpts.id, reasons={}, provisions={}, version=0)
        db.session.add(stored)
    else:
        take(stored, seen_version)
    fields = [*_link(cpts, stance.links), *_write(stored, stance, today)]
    _record(stored, fields, by=by, at=at)
    return stored


def reread(stored: OrsanStance, *, on: date, by: Account, at: datetime) -> None:
    """Somebody read the links again on this day, and they hold."""
    hold(stored)
    if stored.reviewed_on == on:
        return
    stored.reviewed_on = on
    _record(stored, ["reviewed_on"], by=by, at=at)


def _link(cpts: Cpts, links: frozenset[Link]) -> list[str]:
    """Keep these links and no other. Which field changed, if it did."""
    known = queries.links(cpts)
    for crisis_type, plan in known - links:
        db.session.execute(
            sa.delete(OrsanLink).where(
                OrsanLink.cpts_id == cpts.id, OrsanLink.crisis_type == crisis_type, OrsanLink.orsan_plan == plan
            )
        )
    for crisis_type, plan in sorted(links - known):
        db.session.add(OrsanLink(cpts_id=cpts.id, crisis_type=crisis_type, orsan_plan=plan))
    return ["links"] if known != links else []


def _write(stored: OrsanStance, stance: Stance, today: date) -> list[str]:
    """Which fields changed."""
    written: dict[str, Any] = {
        "reasons": {one.value: text for one, text in stance.reasons.items() if text},
        "provisions": {one.value: text for one, text in stance.provisions.items() if text},
        "reviewed_on": today,
    }
    fields = [name for name, value in written.items() if getattr(stored, name) != value]
    for name in fields:
        setattr(stored, name, written[name])
    return fields


def _record(stored: OrsanStance, fields: list[str], *, by: Account, at: datetime) -> None:
    verb = history.Verb.CHANGED if stored.version else history.Verb.CREATED
    if fields or verb is history.Verb.CREATED:
        stored.version += 1
        stored.updated_at = at
        db.session.flush()
        history.record(verb, SUBJECT, stored.cpts_id, cpts_id=stored.cpts_id, by=by, at=at, fields=fields)
    db.session.flush()
