"""The call lists of a crisis."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.db import db
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.calls.models import CallList
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_calls.models import CrisisCallList
from crisis_plan.web.pages import Page, page_of

if TYPE_CHECKING:
    from crisis_plan.pilotage.calls.rules import Results


@dataclass(frozen=True)
class Measured:
    """A call list and what it has measured so far."""

    call_list: CallList
    results: Results


def page_of_lists(crisis: Crisis, number: int) -> tuple[Page[CallList], list[Measured]]:
    """A page of the lists of this crisis, the latest opened first, and what each measured; three statements."""
    page = page_of(_of(crisis).order_by(CallList.opened_at.desc(), CallList.id), number)
    found = calls.results_of(page.items)
    return page, [Measured(one, found[one.id]) for one in page.items]


def measured(crisis: Crisis) -> list[Measured]:
    """Every list of this crisis, the first opened first, and what each measured; two statements."""
    lists = db.session.scalars(_of(crisis).order_by(CallList.opened_at, CallList.id)).all()
    found = calls.results_of(lists)
    return [Measured(one, found[one.id]) for one in lists]


def running(crisis: Crisis) -> Sequence[CallList]:
    """The lists that are still open, the oldest first; one statement."""
    query = _of(crisis).where(CallList.closed_at.is_(None))
    return db.session.scalars(query.order_by(CallList.opened_at, CallList.id)).all()


def list_or_404(crisis: Crisis, list_id: uuid.UUID) -> CallList:
    """The call list at this address, if it is of this crisis."""
    query = _of(crisis).where(CallList.id == list_id)
    return db.session.scalars(query.options(joinedload(CallList.closed_by))).one_or_none() or abort(404)


def mark(crisis: Crisis) -> int:
    """A number that grows with each list opened, and each change in one of them; one statement."""
    query = sa.select(sa.func.sum(CallList.last_change + 1)).join(CrisisCallList, CrisisCallList.list_id == CallList.id)
    return db.session.scalar(query.where(CrisisCallList.crisis_id == crisis.id)) or 0


def _of(crisis: Crisis) -> sa.Select[CallList]:
    of_this_one = CrisisCallList.crisis_id == crisis.id
    return sa.select(CallList).join(CrisisCallList, CrisisCallList.list_id == CallList.id).where(of_this_one)
