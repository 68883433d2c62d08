"""Call lists as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from crisis_plan.anticipation.directory.loading import has_email, has_phone, reachable
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.calls import rules
from crisis_plan.pilotage.calls.models import CallAttempt, CallLine, CallList
from crisis_plan.pilotage.calls.rules import CLAIM_LASTS, Channel, Outcome, Purpose, Results
from crisis_plan.web.pages import Page, page_of

REACHED = CallLine.outcome == Outcome.REACHED


def list_or_404(cpts: Cpts, list_id: uuid.UUID) -> CallList:
    """The call list at this address, if it is of this CPTS."""
    query = sa.select(CallList).where(CallList.cpts_id == cpts.id, CallList.id == list_id)
    return db.session.scalars(
        query.options(joinedload(CallList.opened_by), joinedload(CallList.closed_by), joinedload(CallList.crisis))
    ).one_or_none() or abort(404)


@dataclass(frozen=True)
class Progress:
    """A list, how many people are on it and how many were reached."""

    call_list: CallList
    asked: int
    reached: int


def page_of_lists(cpts: Cpts, number: int) -> tuple[Page[CallList], list[Progress]]:
    """A page of the CPTS's lists, the latest first, and how far each is; two statements and a count."""
    query = sa.select(CallList).where(CallList.cpts_id == cpts.id).order_by(CallList.opened_at.desc(), CallList.id)
    page = page_of(query, number)
    counted = db.session.execute(
        sa.select(CallLine.list_id, sa.func.count(), sa.func.sum(sa.case((REACHED, 1), else_=0)))
        .where(CallLine.list_id.in_([one.id for one in page.items]))
        .group_by(CallLine.list_id)
    )
    found = {list_id: (asked, reached) for list_id, asked, reached in counted}
    return page, [Progress(one, *found.get(one.id, (0, 0))) for one in page.items]


def running(cpts: Cpts) -> Sequence[Progress]:
    """The lists that are open, the latest first, and how far each is; one statement."""
    rows = db.session.execute(
        sa.select(CallList, sa.func.count(CallLine.id), sa.func.sum(sa.case((REACHED, 1), else_=0)))
        .join(CallLine, CallLine.list_id == CallList.id)
        .where(CallList.cpts_id == cpts.id, CallList.closed_at.is_(None))
        .group_by(CallList.id)
        .order_by(CallList.opened_at.desc())
    )
    return [Progress(call_list, asked, reached) for call_list, asked, reached in rows]


def closed_tests(cpts: Cpts) -> Sequence[CallList]:
    """Every communications test that is over, from the latest opened: each counts as an exercise held."""
    is_one = sa.and_(CallList.purpose == Purpose.TEST, CallList.closed_at.is_not(None))
    query = sa.select(CallList).where(CallList.cpts_id == cpts.id, is_one)
    return db.session.scalars(query.order_by(CallList.opened_at.desc(), CallList.id)).all()


def results(call_list: CallList) -> Results:
    """What this list has measured so far; one statement."""
    return results_of([call_list])[call_list.id]


def results_of(lists: Sequence[CallList]) -> dict[uuid.UUID, Results]:
    """What each of these lists has measured so far; one statement."""
    columns = (CallLine.name, CallLine.profession, CallLine.outcome, CallLine.comes, CallLine.answered_at)
    query = sa.select(CallLine.list_id, *columns).where(CallLine.list_id.in_([one.id for one in lists]))
    rows: dict[uuid.UUID, list[Any]] = {one.id: [] for one in lists}
    for row in db.session.execute(query.order_by(CallLine.position)):
        rows[row.list_id].append(row)
    return {one.id: rules.results(rows[one.id], one.opened_at) for one in lists}


def unwritten(call_list: CallList) -> int:
    """How many people of a list by e-mail have no address and were not reached otherwise: they are to be called."""
    if call_list.channel is not Channel.EMAIL:
        return 0
    query = sa.select(sa.func.count()).where(
        CallLine.list_id == call_list.id,
        sa.or_(CallLine.outcome.is_(None), CallLine.outcome != Outcome.REACHED),
        CallLine.contact_id.is_not(None),
        ~has_email(CallLine.contact),
    )
    return db.session.scalar(query.select_from(CallLine)) or 0


def _of(call_list: CallList) -> sa.Select[CallLine]:
    return (
        sa.select(CallLine)
        .where(CallLine.list_id == call_list.id)
        .options(reachable(CallLine.contact), joinedload(CallLine.claimed_by))
    )


ORDER = (
    sa.case((CallLine.outcome.is_(None), 0), (CallLine.outcome == Outcome.NO_ANSWER, 1), else_=2),
    sa.case((CallLine.outcome == Outcome.NO_ANSWER, CallLine.last_attempt_at)),
    CallLine.position,
)
"""Whom to call next: those not tried, then those who did not answer, the oldest attempt first."""


def page_of_lines(call_list: CallList, number: int) -> Page[CallLine]:
    """A page of the people of a list, those to call next on top."""
    return page_of(_of(call_list).order_by(*ORDER), number)


def lines(call_list: CallList) -> Sequence[CallLine]:
    """Everyone of a list in its order, with what reaches them."""
    return db.session.scalars(_of(call_list).order_by(CallLine.position)).all()


def who_come(crisis_id: uuid.UUID) -> Sequence[CallLine]:
    """Who said that they come, on any list of this crisis; one statement."""
    of_this_crisis = CallLine.call_list.has(CallList.crisis.has(id=crisis_id))
    return db.session.scalars(
        sa.select(CallLine).where(CallLine.comes.is_(True), of_this_crisis).order_by(CallLine.name)
    ).all()


def first_reached_at(crisis_id: uuid.UUID) -> datetime | None:
    """When the first person was reached by any list of this crisis; one statement."""
    of_this_crisis = CallLine.call_list.has(CallList.crisis.has(id=crisis_id))
    return db.session.scalar(sa.select(sa.func.min(CallLine.answered_at)).where(REACHED, of_this_crisis))


def last_said(crisis_id: uuid.UUID) -> dict[uuid.UUID, CallLine]:
    """By contact, where they last said whether they come, on any list of this crisis; one statement."""
    of_this_crisis = CallLine.call_list.has(CallList.crisis.has(id=crisis_id))
    said = sa.and_(CallLine.comes.is_not(None), CallLine.contact_id.is_not(None), of_this_crisis)
    rows = db.session.scalars(sa.select(CallLine).where(said).order_by(CallLine.last_attempt_at, CallLine.id))
    return {line.contact_id: line for line in rows if line.contact_id}


def mark(crisis_id: uuid.UUID) -> int:
    """A number that grows with each list of this crisis, and with each change in one; one statement."""
    of_this_crisis = CallList.crisis.has(id=crisis_id)
    return db.session.scalar(sa.select(sa.func.sum(CallList.last_change + 1)).where(of_this_crisis)) or 0


def line_or_404(cpts: Cpts, list_id: uuid.UUID, line_id: uuid.UUID) -> CallLine:
    """One person of a list of this CPTS, with every attempt."""
    return db.session.scalars(
        sa.select(CallLine)
        .join(CallLine.call_list)
        .where(CallList.cpts_id == cpts.id, CallList.id == list_id, CallLine.id == line_id)
        .options(
            joinedload(CallLine.call_list).joinedload(CallList.crisis),
            joinedload(CallLine.claimed_by),
            reachable(CallLine.contact),
            selectinload(CallLine.attempts).joinedload(CallAttempt.by),
        )
    ).one_or_none() or abort(404)


def line_of_link(line_id: uuid.UUID) -> CallLine | None:
    """The person whose personal link names this line, with their list and CPTS."""
    query = sa.select(CallLine).where(CallLine.id == line_id)
    return db.session.scalars(query.options(joinedload(CallLine.call_list).joinedload(CallList.cpts))).one_or_none()


def changed_lines(call_list: CallList, after: int, *, since: datetime, now: datetime) -> Sequence[CallLine]:
    """Lines that changed after this change; those kept for a caller until a moment ago read otherwise too."""
    let_go = sa.and_(CallLine.claimed_at > since - CLAIM_LASTS, CallLine.claimed_at <= now - CLAIM_LASTS)
    query = sa.select(CallLine).where(CallLine.list_id == call_list.id, sa.or_(CallLine.changed > after, let_go))
    return db.session.scalars(query.options(joinedload(CallLine.claimed_by)).order_by(CallLine.position)).all()


def free(call_list: CallList, now: datetime) -> sa.Select[CallLine]:
    """Whom one may call now, the first on top: with a telephone, not reached, nobody calling them."""
    return (
        sa.select(CallLine)
        .where(
            CallLine.list_id == call_list.id,
            sa.or_(CallLine.outcome.is_(None), CallLine.outcome == Outcome.NO_ANSWER),
            sa.or_(CallLine.claimed_at.is_(None), CallLine.claimed_at <= now - CLAIM_LASTS),
            has_phone(CallLine.contact),
        )
        .order_by(*ORDER)
    )
