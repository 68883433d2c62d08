"""The functions of a crisis as they stand, and who is on duty."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload

from crisis_plan.access.models import Account
from crisis_plan.db import db
from crisis_plan.pilotage.calls import queries as calls
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.crisis_functions import duty
from crisis_plan.pilotage.crisis_functions.duty import (
    FunctionNow,
    Night,
    Relief,
    function_now,
    named,
    night_in,
    reliefs_in,
)
from crisis_plan.pilotage.crisis_functions.hours import Hours
from crisis_plan.pilotage.crisis_functions.models import CrisisFunction, Shift
from crisis_plan.pilotage.crisis_functions.rules import end_of_night
from crisis_plan.web.pages import Page, page_of


def functions(crisis: Crisis) -> Sequence[CrisisFunction]:
    """The functions in the order of the cell, those added in the crisis last; one statement."""
    query = sa.select(CrisisFunction).where(CrisisFunction.crisis_id == crisis.id)
    return db.session.scalars(query.order_by(CrisisFunction.position, CrisisFunction.id)).all()


def board(crisis: Crisis, now: datetime) -> list[FunctionNow]:
    """Each function, who is on duty and who comes next, what they said when called; three statements."""
    shifts: dict[uuid.UUID, list[Shift]] = {}
    for shift in db.session.scalars(_not_over(crisis, now)):
        shifts.setdefault(shift.function_id, []).append(shift)
    hours = Hours(crisis.cpts, now)
    said = calls.last_said(crisis.id)
    return [function_now(one, shifts.get(one.id, ()), hours, said) for one in functions(crisis)]


def reliefs(crisis: Crisis, now: datetime) -> list[Relief]:
    """The reliefs of the next 24 hours, in their order; three statements."""
    return reliefs_in(board(crisis, now), now)


def nobody_tonight(crisis: Crisis, now: datetime) -> Night:
    """The functions called for without anyone at some moment before eight next morning; three statements."""
    return night_in(board(crisis, now), end_of_night(now, crisis.cpts), Hours(crisis.cpts, now))


def one_now(crisis: Crisis, function: CrisisFunction, now: datetime) -> FunctionNow:
    """One function, who is on duty and who comes next, what they said when called; two statements."""
    shifts = db.session.scalars(_not_over(crisis, now).where(Shift.function_id == function.id)).all()
    return function_now(function, shifts, Hours(crisis.cpts, now), calls.last_said(crisis.id))


def held_in(board: Sequence[FunctionNow], account: Account, crisis: Crisis) -> set[uuid.UUID]:
    """Of these functions, those that this account holds now: nothing more is read."""
    own = _own_contacts(crisis, account)
    return {
        one.function.id
        for one in board
        if any(shift.account_id == account.id or shift.contact_id in own for shift in one.on_duty)
    }


def functions_of(crisis: Crisis, account: Account, now: datetime) -> list[CrisisFunction]:
    """The functions that this account holds now, confirmed or not; one statement."""
    mine = sa.or_(Shift.account_id == account.id, Shift.contact_id.in_(_own_contacts(crisis, account)))
    query = (
        sa.select(CrisisFunction)
        .join(CrisisFunction.shifts)
        .where(CrisisFunction.crisis_id == crisis.id, mine, *_on_duty(now))
        .order_by(CrisisFunction.position, CrisisFunction.id)
    )
    return list(dict.fromkeys(db.session.scalars(query)))


def names_on_duty(crisis: Crisis, now: datetime) -> Mapping[uuid.UUID, str]:
    """By function, who is on duty, in words; one statement."""
    found: dict[uuid.UUID, list[Shift]] = {}
    for shift in db.session.scalars(_not_over(crisis, now).where(Shift.starts_at <= now)):
        found.setdefault(shift.function_id, []).append(shift)
    return {function_id: named(shifts) for function_id, shifts in found.items()}


def deciders(crisis: Crisis, now: datetime) -> list[str]:
    """« Direction (pilote), Anne PETIT »: who may have decided, in the order of the cell; two statements."""
    names = names_on_duty(crisis, now)
    return duty.deciders((one.name, names.get(one.id, "")) for one in functions(crisis))


def people_on_duty(crisis: Crisis, now: datetime) -> Sequence[Shift]:
    """Who is on duty in any function, each with their line of the directory; one statement."""
    query = _not_over(crisis, now).where(Shift.starts_at <= now)
    return db.session.scalars(query.options(joinedload(Shift.contact))).all()


def by_cell_function(crisis: Crisis) -> Mapping[uuid.UUID, CrisisFunction]:
    """The functions that come from the cell of the plan, by their identity there; one statement."""
    return {one.cell_function_id: one for one in functions(crisis) if one.cell_function_id}


def function_or_404(crisis: Crisis, function_id: uuid.UUID) -> CrisisFunction:
    """A function of this crisis."""
    query = sa.select(CrisisFunction).where(CrisisFunction.crisis_id == crisis.id, CrisisFunction.id == function_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def shift_or_404(crisis: Crisis, shift_id: uuid.UUID) -> Shift:
    """A shift of this crisis, with its function."""
    query = sa.select(Shift).join(Shift.function).where(CrisisFunction.crisis_id == crisis.id, Shift.id == shift_id)
    return db.session.scalars(query.options(contains_eager(Shift.function))).one_or_none() or abort(404)


def page_of_shifts(function: CrisisFunction, number: int) -> Page[Shift]:
    """A page of who held it, holds it and will, the latest first."""
    query = sa.select(Shift).where(Shift.function_id == function.id)
    return page_of(query.order_by(Shift.starts_at.desc(), Shift.id), number)


def on_duty(function: CrisisFunction, now: datetime) -> Sequence[Shift]:
    """Who holds this function at this moment; one statement."""
    query = sa.select(Shift).where(Shift.function_id == function.id, *_on_duty(now))
    return db.session.scalars(query.order_by(Shift.starts_at, Shift.name)).all()


def _not_over(crisis: Crisis, now: datetime) -> sa.Select[Shift]:
    query = sa.select(Shift).join(Shift.function).where(CrisisFunction.crisis_id == crisis.id)
    return query.where(sa.or_(Shift.ends_at.is_(None), Shift.ends_at > now)).order_by(Shift.starts_at, Shift.name)


def _on_duty(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return Shift.starts_at <= now, sa.or_(Shift.ends_at.is_(None), Shift.ends_at > now)


def _own_contacts(crisis: Crisis, account: Account) -> Collection[uuid.UUID]:
    """The lines of the directory that are this account's own here: they came with the account."""
    here = (one.contact_id for one in account.memberships if one.cpts_id == crisis.cpts_id)
    return [contact_id for contact_id in here if contact_id]
