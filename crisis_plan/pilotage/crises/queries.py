"""Crises and exercises as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from flask import abort

from crisis_plan.db import already_held, db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crises.models import Crisis, CrisisAlert, CrisisSnapshot
from crisis_plan.pilotage.crises.operations import CrisisClosed
from crisis_plan.pilotage.crises.rules import TWIN_WITHIN, Mode
from crisis_plan.web.pages import Page, page_of

OF_CPTS = sa.select(Crisis).where(Crisis.cpts_id == sa.bindparam("cpts_id"), Crisis.id == sa.bindparam("crisis_id"))
"""Every view of a crisis asks it: written once, it costs half."""
OF_CPTS_HELD = OF_CPTS.with_for_update(of=Crisis, key_share=True).execution_options(populate_existing=True)


def crisis_or_404(cpts: Cpts, crisis_id: uuid.UUID) -> Crisis:
    """The crisis or exercise at this address, if it is of this CPTS."""
    return db.session.scalars(OF_CPTS, {"cpts_id": cpts.id, "crisis_id": crisis_id}).one_or_none() or abort(404)


def held_crisis_or_404(cpts: Cpts, crisis_id: uuid.UUID) -> Crisis:
    """The crisis at this address, held until the end of the transaction: for who is about to write in it."""
    found = db.session.scalars(OF_CPTS_HELD, {"cpts_id": cpts.id, "crisis_id": crisis_id}).one_or_none() or abort(404)
    return already_held(found)


def open_crisis_or_404(cpts: Cpts, crisis_id: uuid.UUID) -> Crisis:
    """The crisis at this address, for a form that would write in it. Raises `CrisisClosed`."""
    crisis = crisis_or_404(cpts, crisis_id)
    if not crisis.is_open:
        raise CrisisClosed
    return crisis


def open_crises(cpts: Cpts) -> Sequence[Crisis]:
    """What is not closed yet: real crises first, then the latest opened; one statement."""
    is_exercise = sa.case((Crisis.mode == Mode.EXERCISE, 1), else_=0)
    query = sa.select(Crisis).where(Crisis.cpts_id == cpts.id, Crisis.closed_at.is_(None))
    return db.session.scalars(query.order_by(is_exercise, Crisis.opened_at.desc(), Crisis.id)).all()


def real_crises(cpts: Cpts) -> Sequence[Crisis]:
    """Every real crisis, open or over, the latest first: exercises never count for a claim; one statement."""
    query = sa.select(Crisis).where(Crisis.cpts_id == cpts.id, Crisis.mode == Mode.REAL)
    return db.session.scalars(query.order_by(Crisis.opened_at.desc(), Crisis.id)).all()


def page_of_closed(cpts: Cpts, number: int) -> Page[Crisis]:
    """A page of the crises and exercises that are over, the latest first."""
    query = sa.select(Crisis).where(Crisis.cpts_id == cpts.id, Crisis.closed_at.is_not(None))
    return page_of(query.order_by(Crisis.opened_at.desc(), Crisis.id), number)


def twin(cpts: Cpts, mode: Mode, at: datetime) -> Crisis | None:
    """The crisis of the same mode that someone opened a moment ago, and that is still open."""
    query = sa.select(Crisis).where(
        Crisis.cpts_id == cpts.id,
        Crisis.mode == mode,
        Crisis.closed_at.is_(None),
        Crisis.opened_at > at - TWIN_WITHIN,
    )
    return db.session.scalars(query.order_by(Crisis.opened_at.desc()).limit(1)).one_or_none()


def next_number(cpts: Cpts, mode: Mode) -> int:
    """The number that the next one of this mode will bear."""
    query = sa.select(sa.func.max(Crisis.number)).where(Crisis.cpts_id == cpts.id, Crisis.mode == mode)
    return (db.session.scalar(query) or 0) + 1


def alert(crisis: Crisis) -> CrisisAlert | None:
    """What is known of the alert."""
    return db.session.get(CrisisAlert, crisis.id)


def snapshot(crisis: Crisis) -> CrisisSnapshot | None:
    """What was frozen at the opening, without its content."""
    return db.session.get(CrisisSnapshot, crisis.id)
