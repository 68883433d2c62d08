"""Who is on duty, who was and who will be."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from crisis_plan.anticipation.referents.models import ReferentDuty
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from sqlalchemy.orm.strategy_options import _AbstractLoad


def reachable(contact: InstrumentedAttribute[Any]) -> _AbstractLoad:
    """Load the contact of a duty and its telephones in the same statement."""
    return joinedload(contact).joinedload(contact.property.mapper.class_.phones)


def duties(cpts: Cpts) -> Sequence[ReferentDuty]:
    """Every duty, the latest first."""
    return (
        db.session.scalars(
            sa.select(ReferentDuty)
            .where(ReferentDuty.cpts_id == cpts.id)
            .options(reachable(ReferentDuty.contact))
            .order_by(ReferentDuty.starts_on.desc(), ReferentDuty.rank.desc(), ReferentDuty.id)
        )
        .unique()
        .all()
    )


def duty_or_404(cpts: Cpts, duty_id: uuid.UUID) -> ReferentDuty:
    return db.session.scalars(
        sa.select(ReferentDuty)
        .where(ReferentDuty.cpts_id == cpts.id, ReferentDuty.id == duty_id)
        .options(selectinload(ReferentDuty.contact))
    ).one_or_none() or abort(404)


def on_duty(cpts: Cpts, day: date) -> dict[Rank, ReferentDuty]:
    """Whom to call that day, with their telephones; a rank that nobody holds is absent."""
    return on_duty_everywhere([cpts.id], day).get(cpts.id, {})


def on_duty_everywhere(cpts_ids: Collection[uuid.UUID], day: date) -> dict[uuid.UUID, dict[Rank, ReferentDuty]]:
    """Whom to call that day in each of these CPTS, in one statement; a CPTS without anyone is absent."""
    found: dict[uuid.UUID, dict[Rank, ReferentDuty]] = {}
    query = (
        sa.select(ReferentDuty)
        .where(
            ReferentDuty.cpts_id.in_(cpts_ids),
            ReferentDuty.starts_on <= day,
            sa.or_(ReferentDuty.ends_on.is_(None), ReferentDuty.ends_on >= day),
        )
        .options(reachable(ReferentDuty.contact))
        .order_by(ReferentDuty.starts_on)
    )
    for duty in db.session.scalars(query).unique():
        found.setdefault(duty.cpts_id, {})[duty.rank] = duty
    return found


def missing(cpts: Cpts, today: date) -> tuple[str, ...]:
    """What the requirement « référent » still lacks: a titular and a deputy today, each with a telephone."""
    return missing_in(on_duty(cpts, today))


def missing_in(on_duty_today: Mapping[Rank, ReferentDuty]) -> tuple[str, ...]:
    """What these duties of the day still lack."""
    return tuple(
        _lack(rank, on_duty_today.get(rank))
        for rank in Rank
        if rank not in on_duty_today or not on_duty_today[rank].contact.phones
    )


def _lack(rank: Rank, duty: ReferentDuty | None) -> str:
    who = {Rank.TITULAR: "référent de crise titulaire", Rank.DEPUTY: "référent de crise suppléant"}[rank]
    if duty is None:
        return f"Aucun {who} n’est désigné à ce jour."
    return f"Le {who}, {duty.contact.name}, n’a pas de téléphone dans l’annuaire."
