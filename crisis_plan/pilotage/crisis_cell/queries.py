"""The crisis cell as it stands."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, selectinload

from crisis_plan.anticipation.directory.loading import has_phone
from crisis_plan.anticipation.referents.queries import reachable
from crisis_plan.anticipation.referents.rules import Rank, is_on_duty
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell.models import CellDuty, CellFunction, CellPlace
from crisis_plan.pilotage.crisis_cell.rules import lacks, lacks_of_place


@dataclass(frozen=True)
class FunctionToday:
    """A function and who holds it on one day."""

    function: CellFunction
    titular: CellDuty | None
    deputy: CellDuty | None

    @property
    def held_by(self) -> tuple[tuple[Rank, CellDuty | None], ...]:
        return ((Rank.TITULAR, self.titular), (Rank.DEPUTY, self.deputy))

    @property
    def is_covered(self) -> bool:
        return self.titular is not None and self.deputy is not None


def functions(cpts: Cpts, today: date) -> tuple[FunctionToday, ...]:
    """The functions in the CPTS's order, who holds each today, with their telephones."""
    return tuple(_today(function, today) for function in all_functions(cpts))


def all_functions(cpts: Cpts) -> Sequence[CellFunction]:
    """The functions with all their duties, past and to come, and their telephones."""
    return db.session.scalars(
        sa.select(CellFunction)
        .where(CellFunction.cpts_id == cpts.id)
        .options(selectinload(CellFunction.duties).options(reachable(CellDuty.contact)))
        .order_by(CellFunction.position, CellFunction.name)
    ).all()


def functions_alone(cpts: Cpts) -> Sequence[CellFunction]:
    """The functions in the CPTS's order, without who holds them: what other rooms choose among; one statement."""
    return db.session.scalars(
        sa.select(CellFunction)
        .where(CellFunction.cpts_id == cpts.id)
        .order_by(CellFunction.position, CellFunction.name)
    ).all()


def _today(function: CellFunction, today: date) -> FunctionToday:
    held = {duty.rank: duty for duty in function.duties if is_on_duty(duty, today)}
    return FunctionToday(function, held.get(Rank.TITULAR), held.get(Rank.DEPUTY))


def holders(cpts: Cpts, today: date) -> set[uuid.UUID]:
    """The contacts that hold a function on this day."""
    duties = db.session.scalars(sa.select(CellDuty).join(CellDuty.function).where(CellFunction.cpts_id == cpts.id))
    return {duty.contact_id for duty in duties if duty.contact_id and is_on_duty(duty, today)}


def roles(cpts: Cpts, today: date) -> dict[uuid.UUID, str]:
    """By contact, what they hold on this day: « Liaison (titulaire), Logistique (suppléant) »; one statement."""
    rows = db.session.execute(
        sa.select(CellDuty.contact_id, CellFunction.name, CellDuty.rank, CellDuty.starts_on, CellDuty.ends_on)
        .join(CellDuty.function)
        .where(CellFunction.cpts_id == cpts.id, CellDuty.contact_id.is_not(None))
        .order_by(CellFunction.position, CellFunction.name)
    )
    found: dict[uuid.UUID, list[str]] = {}
    for row in rows:
        if is_on_duty(row, today):
            found.setdefault(row.contact_id, []).append(f"{row.name} ({row.rank.label.lower()})")
    return {contact_id: ", ".join(held) for contact_id, held in found.items()}


def functions_reached(cpts: Cpts, today: date) -> set[uuid.UUID]:
    """The functions that somebody with a telephone holds on this day; one statement."""
    query = sa.select(CellDuty.function_id, CellDuty.starts_on, CellDuty.ends_on).join(CellDuty.function)
    rows = db.session.execute(query.where(CellFunction.cpts_id == cpts.id, has_phone(CellDuty.contact)))
    return {row.function_id for row in rows if is_on_duty(row, today)}


def functions_of(cpts: Cpts, contact_id: uuid.UUID, today: date) -> list[CellFunction]:
    """The functions that one contact holds on this day, in the CPTS's order; one statement."""
    rows = db.session.execute(
        sa.select(CellFunction, CellDuty.starts_on, CellDuty.ends_on)
        .join(CellFunction.duties)
        .where(CellFunction.cpts_id == cpts.id, CellDuty.contact_id == contact_id)
        .order_by(CellFunction.position, CellFunction.name)
    )
    return list(dict.fromkeys(row[0] for row in rows if is_on_duty(row, today)))


def function_or_404(cpts: Cpts, function_id: uuid.UUID) -> CellFunction:
    """A function with all its duties."""
    return db.session.scalars(
        sa.select(CellFunction)
        .where(CellFunction.cpts_id == cpts.id, CellFunction.id == function_id)
        .options(selectinload(CellFunction.duties).options(reachable(CellDuty.contact)))
    ).one_or_none() or abort(404)


def duty_or_404(cpts: Cpts, duty_id: uuid.UUID) -> CellDuty:
    """A duty and its function."""
    return db.session.scalars(
        sa.select(CellDuty)
        .join(CellDuty.function)
        .where(CellFunction.cpts_id == cpts.id, CellDuty.id == duty_id)
        .options(contains_eager(CellDuty.function), selectinload(CellDuty.contact))
    ).one_or_none() or abort(404)


def place(cpts: Cpts) -> CellPlace | None:
    return db.session.get(CellPlace, cpts.id)


def missing_functions(cpts: Cpts, today: date) -> tuple[str, ...]:
    """What the requirement « cellule » still lacks: one statement, without the people and their telephones."""
    rows = db.session.execute(
        sa.select(CellFunction.key, CellFunction.name, CellDuty.rank, CellDuty.starts_on, CellDuty.ends_on)
        .outerjoin(CellFunction.duties)
        .where(CellFunction.cpts_id == cpts.id, CellFunction.key != "")
    ).all()
    held: dict[str, list[Rank]] = {}
    for row in rows:
        if row.rank and is_on_duty(row, today):
            held.setdefault(row.key, []).append(row.rank)
    return lacks({row.key: row.name for row in rows}, held)


def missing_in(found: Sequence[FunctionToday]) -> tuple[str, ...]:
    """What these functions lack for the trame, as French sentences."""
    required = [held for held in found if held.function.key]
    return lacks(
        {held.function.key: held.function.name for held in required},
        {held.function.key: [rank for rank, duty in held.held_by if duty] for held in required},
    )


def missing_place(cpts: Cpts) -> tuple[str, ...]:
    """What the requirement « lieu-cellule » still lacks: a place and a fallback that people can reach."""
    return lacks_of_place(place(cpts))
