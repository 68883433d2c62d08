"""The tasks of a crisis as they stand: overdue first, then by the hour they are due."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.db import db
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import queries as crisis_functions
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.tasks.models import CrisisTask
from crisis_plan.pilotage.tasks.rows import Counts, Filters, TaskBoard, TaskNow
from crisis_plan.pilotage.tasks.rules import Shown, TaskState, is_overdue
from crisis_plan.web.pages import Page, page_of

NEXT_ON_THE_CRISIS_PAGE = 10
STAYS = timedelta(minutes=1)
"""How long a task that was just ticked stays where it was in the list (our own choice)."""
OPEN = CrisisTask.state.in_([TaskState.TO_DO, TaskState.STARTED])


def board(crisis: Crisis, now: datetime, *, limit: int = NEXT_ON_THE_CRISIS_PAGE) -> TaskBoard:
    """What is to be done next, overdue first, and the counts; three statements."""
    return TaskBoard(_rows(crisis, _of(crisis).where(OPEN).limit(limit), now), counts(crisis, now))


def first_hour(crisis: Crisis, now: datetime) -> Sequence[TaskNow]:
    """The check-list of the first hour, done or not, in the order of the cards; two statements."""
    query = _alone(crisis).where(CrisisTask.is_first_hour).order_by(CrisisTask.position)
    return _rows(crisis, query, now)


def of_functions(crisis: Crisis, function_ids: Collection[uuid.UUID], now: datetime) -> Sequence[TaskNow]:
    """What is open for these functions: what who takes them inherits; two statements."""
    return _rows(crisis, _of(crisis).where(OPEN, CrisisTask.function_id.in_(function_ids)), now)


def everything(crisis: Crisis, now: datetime) -> Sequence[TaskNow]:
    """Every task, as a paper lists them; two statements."""
    return _rows(crisis, _of(crisis), now)


def page_of_tasks(crisis: Crisis, filters: Filters, now: datetime, number: int) -> Page[TaskNow]:
    """A page of the tasks that the filters keep; three statements."""
    page = page_of(_ordered(_narrowed(_alone(crisis), filters, now), now - STAYS), number)
    return Page(
        _now(page.items, crisis_functions.names_on_duty(crisis, now), Hours(crisis.cpts, now)), page.number, page.total
    )


def counts(crisis: Crisis, now: datetime) -> Counts:
    """How many are open, overdue among them, done and dropped; one statement."""
    overdue = sa.func.sum(sa.case((_overdue(now), 1), else_=0))
    rows = db.session.execute(
        sa.select(CrisisTask.state, sa.func.count(), overdue)
        .where(CrisisTask.crisis_id == crisis.id)
        .group_by(CrisisTask.state)
    ).all()
    found = {state: count for state, count, _ in rows}
    return Counts(
        open=sum(count for state, count in found.items() if state.is_open),
        overdue=sum(int(late) for _, _, late in rows),
        done=found.get(TaskState.DONE, 0),
        dropped=found.get(TaskState.DROPPED, 0),
    )


def open_without_a_word(crisis: Crisis) -> Sequence[CrisisTask]:
    """What is still open and of which nobody said anything: the stand-down asks about each; one statement."""
    query = _alone(crisis).where(OPEN, CrisisTask.word == "").order_by(CrisisTask.position)
    return db.session.scalars(query).all()


def next_due_at(crisis: Crisis, now: datetime) -> datetime | None:
    """When a task next becomes overdue by itself; one statement."""
    query = sa.select(sa.func.min(CrisisTask.due_at)).where(
        CrisisTask.crisis_id == crisis.id, OPEN, CrisisTask.due_at > now
    )
    return db.session.scalar(query)


def has_changed(crisis: Crisis, number: int) -> bool:
    """Whether a task was made or changed by an entry after this one; one statement."""
    query = sa.select(sa.exists().where(CrisisTask.crisis_id == crisis.id, CrisisTask.entry_number > number))
    return bool(db.session.scalar(query))


def task_or_404(crisis: Crisis, task_id: uuid.UUID) -> CrisisTask:
    """A task of this crisis, with its function."""
    return db.session.scalars(_alone(crisis).where(CrisisTask.id == task_id)).one_or_none() or abort(404)


def task_now(crisis: Crisis, task: CrisisTask, now: datetime) -> TaskNow:
    """A task as a row shows it; one statement."""
    return _now([task], crisis_functions.names_on_duty(crisis, now), Hours(crisis.cpts, now))[0]


def known_steps(crisis: Crisis) -> set[uuid.UUID]:
    """The steps of cards that are tasks already; one statement."""
    query = sa.select(CrisisTask.step_id).where(CrisisTask.crisis_id == crisis.id, CrisisTask.step_id.is_not(None))
    return {step_id for step_id in db.session.scalars(query) if step_id}


def last_position(crisis: Crisis) -> int:
    """Where the last task stands; 0 when there is none."""
    query = sa.select(sa.func.max(CrisisTask.position)).where(CrisisTask.crisis_id == crisis.id)
    return db.session.scalar(query) or 0


def _alone(crisis: Crisis) -> sa.Select[CrisisTask]:
    return sa.select(CrisisTask).where(CrisisTask.crisis_id == crisis.id).options(joinedload(CrisisTask.function))


def _of(crisis: Crisis) -> sa.Select[CrisisTask]:
    """Open ones by the hour they are due, which puts the overdue first; then those that are over, the latest first."""
    return _ordered(_alone(crisis))


def _ordered(query: sa.Select[CrisisTask], since: datetime | None = None) -> sa.Select[CrisisTask]:
    """The same; what was ticked since then keeps the place that it had: one sees there that it is done."""
    is_done = CrisisTask.state == TaskState.DONE
    stays = sa.or_(OPEN, sa.and_(is_done, CrisisTask.changed_at > since)) if since else OPEN
    return query.order_by(
        sa.case((stays, 0), else_=1),
        sa.case((sa.not_(stays), None), (CrisisTask.due_at.is_(None), 1), else_=0),
        sa.case((stays, CrisisTask.due_at)),
        sa.case((sa.not_(stays), CrisisTask.changed_at)).desc(),
        CrisisTask.position,
    )


def _narrowed(query: sa.Select[CrisisTask], filters: Filters, now: datetime) -> sa.Select[CrisisTask]:
    if filters.held is not None:
        query = query.where(CrisisTask.function_id.in_(filters.held))
    if filters.function_id is not None:
        query = query.where(CrisisTask.function_id == filters.function_id)
    if filters.care is not None:
        query = query.where(CrisisTask.care == filters.care)
    return query.where(_in_state(filters.shown, now)) if filters.shown else query


def _in_state(shown: Shown, now: datetime) -> sa.ColumnElement[bool]:
    return {
        Shown.OVERDUE: _overdue(now),
        Shown.OPEN: OPEN,
        Shown.STARTED: CrisisTask.state == TaskState.STARTED,
        Shown.DONE: CrisisTask.state == TaskState.DONE,
        Shown.DROPPED: CrisisTask.state == TaskState.DROPPED,
    }[shown]


def _overdue(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(OPEN, CrisisTask.due_at <= now)


def _rows(crisis: Crisis, query: sa.Select[CrisisTask], now: datetime) -> list[TaskNow]:
    return _now(db.session.scalars(query).all(), crisis_functions.names_on_duty(crisis, now), Hours(crisis.cpts, now))


def _now(tasks: Sequence[CrisisTask], names: Mapping[uuid.UUID, str], hours: Hours) -> list[TaskNow]:
    return [
        TaskNow(task, is_overdue(task, hours.now), names.get(task.function_id, "") if task.function_id else "", hours)
        for task in tasks
    ]
