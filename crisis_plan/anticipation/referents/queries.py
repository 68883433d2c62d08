"""Who is on duty, who was and who will be."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from crisis_plan.anticipation.directory.loading import with_phones
from crisis_plan.anticipation.referents import presence
from crisis_plan.anticipation.referents.models import ReferentAbsence, ReferentDuty
from crisis_plan.anticipation.referents.presence import Cover
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.web.formats import long_date

if TYPE_CHECKING:
    from sqlalchemy.orm.strategy_options import _AbstractLoad

    from crisis_plan.anticipation.directory.models import Contact


def reachable(contact: InstrumentedAttribute[Any]) -> _AbstractLoad:
    """Load the contact of a duty and its telephones in the same statement."""
    return with_phones(contact)


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


@dataclass(frozen=True)
class OnDuty:
    """Who holds a rank on one day, until when they are away if they are, and whether they stand in for the titular."""

    duty: ReferentDuty
    absent_until: date | None = None
    stands_in: bool = False

    @property
    def contact(self) -> Contact:
        return self.duty.contact

    @property
    def rank(self) -> Rank:
        return self.duty.rank

    @property
    def absence(self) -> str:
        """« Absent jusqu’au 26 décembre 2026 »; empty when they are there."""
        return f"Absent jusqu’au {long_date(self.absent_until)}" if self.absent_until else ""

    @property
    def said(self) -> str:
        """What is to be known before calling them; empty on a day like any other."""
        return self.absence or ("À appeler d’abord" if self.stands_in else "")

    @property
    def tone(self) -> str:
        return "warning" if self.absent_until else "info"


def on_duty(cpts: Cpts, day: date) -> dict[Rank, OnDuty]:
    """Whom to call that day, in the order of the calls; a rank that nobody holds is absent."""
    return on_duty_everywhere([cpts.id], day).get(cpts.id, {})


def on_duty_everywhere(cpts_ids: Collection[uuid.UUID], day: date) -> dict[uuid.UUID, dict[Rank, OnDuty]]:
    """Whom to call that day in each of these CPTS, in one statement; a CPTS without anyone is absent.

    Those who are away come last: when the titular is absent, the deputy is called first.
    """
    is_away = sa.and_(
        ReferentAbsence.cpts_id == ReferentDuty.cpts_id,
        ReferentAbsence.contact_id == ReferentDuty.contact_id,
        ReferentAbsence.starts_on <= day,
        ReferentAbsence.ends_on >= day,
    )
    query = (
        sa.select(ReferentDuty, ReferentAbsence.ends_on)
        .outerjoin(ReferentAbsence, is_away)
        .where(
            ReferentDuty.cpts_id.in_(cpts_ids),
            ReferentDuty.starts_on <= day,
            sa.or_(ReferentDuty.ends_on.is_(None), ReferentDuty.ends_on >= day),
        )
        .options(reachable(ReferentDuty.contact))
    )
    rows = [(duty, absent_until) for duty, absent_until in db.session.execute(query).unique()]
    found: dict[uuid.UUID, dict[Rank, OnDuty]] = {}
    for duty, absent_until in sorted(rows, key=lambda row: (row[1] is not None, list(Rank).index(row[0].rank))):
        found.setdefault(duty.cpts_id, {})[duty.rank] = OnDuty(duty, absent_until)
    return {cpts_id: _with_stand_in(held) for cpts_id, held in found.items()}


def _with_stand_in(held: dict[Rank, OnDuty]) -> dict[Rank, OnDuty]:
    """The same, the deputy told to be called first where the titular is away."""
    titular, deputy = held.get(Rank.TITULAR), held.get(Rank.DEPUTY)
    if titular and deputy and titular.absent_until and not deputy.absent_until:
        return held | {Rank.DEPUTY: replace(deputy, stands_in=True)}
    return held


def absences(cpts: Cpts, today: date) -> Sequence[ReferentAbsence]:
    """Absences under way and to come, the next one first."""
    query = sa.select(ReferentAbsence).where(ReferentAbsence.cpts_id == cpts.id, ReferentAbsence.ends_on >= today)
    return db.session.scalars(
        query.options(joinedload(ReferentAbsence.contact)).order_by(ReferentAbsence.starts_on, ReferentAbsence.id)
    ).all()


def past_absences(cpts: Cpts, today: date) -> Sequence[ReferentAbsence]:
    return db.session.scalars(
        sa.select(ReferentAbsence).where(ReferentAbsence.cpts_id == cpts.id, ReferentAbsence.ends_on < today)
    ).all()


def absence_or_404(cpts: Cpts, absence_id: uuid.UUID) -> ReferentAbsence:
    return db.session.scalars(
        sa.select(ReferentAbsence)
        .where(ReferentAbsence.cpts_id == cpts.id, ReferentAbsence.id == absence_id)
        .options(joinedload(ReferentAbsence.contact))
    ).one_or_none() or abort(404)


def days_ahead(cpts: Cpts, today: date) -> tuple[Cover, ...]:
    """Who can be called on each of the coming 60 days; two statements."""
    return presence.days_ahead(duties(cpts), absences(cpts, today), today)


def missing(cpts: Cpts, today: date) -> tuple[str, ...]:
    """What the requirement « référent » still lacks: a titular and a deputy today, each with a telephone."""
    return missing_in(on_duty(cpts, today))


def missing_in(on_duty_today: Mapping[Rank, OnDuty]) -> tuple[str, ...]:
    """What these duties of the day still lack."""
    return tuple(
        _lack(rank, on_duty_today.get(rank))
        for rank in Rank
        if rank not in on_duty_today or not on_duty_today[rank].contact.phones
    )


def _lack(rank: Rank, duty: OnDuty | None) -> str:
    who = {Rank.TITULAR: "référent de crise titulaire", Rank.DEPUTY: "référent de crise suppléant"}[rank]
    if duty is None:
        return f"Aucun {who} n’est désigné à ce jour."
    return f"Le {who}, {duty.contact.name}, n’a pas de téléphone dans l’annuaire."
