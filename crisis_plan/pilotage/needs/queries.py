"""The needs of the communes, as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa
from flask import abort

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.pilotage.crises.models import Crisis
from crisis_plan.pilotage.needs.models import CommuneNeed
from crisis_plan.pilotage.needs.rules import NeedState

OPEN = tuple(state for state in NeedState if state.is_open)


@dataclass(frozen=True)
class CommuneBoard:
    """What one commune needs, what is still open first."""

    commune: str
    needs: Sequence[CommuneNeed]

    @property
    def open_count(self) -> int:
        return sum(need.state.is_open for need in self.needs)


@dataclass(frozen=True)
class CareTotal:
    """How many people are waiting for one kind of care, and in how many communes."""

    care: CareKind
    people: int
    communes: int


def needs(crisis: Crisis, *, only_open: bool = False) -> Sequence[CommuneNeed]:
    """The needs of a crisis, the oldest first; one statement."""
    query = sa.select(CommuneNeed).where(CommuneNeed.crisis_id == crisis.id)
    if only_open:
        query = query.where(CommuneNeed.state.in_(OPEN))
    return db.session.scalars(query.order_by(CommuneNeed.created_at, CommuneNeed.id)).all()


def board(crisis: Crisis, *, only_open: bool = False) -> list[CommuneBoard]:
    """Commune by commune, those with something open first; one statement."""
    return grouped(needs(crisis, only_open=only_open))


def grouped(found: Iterable[CommuneNeed]) -> list[CommuneBoard]:
    """These needs commune by commune, what is open on top."""
    by_name = sorted(found, key=lambda need: (folded(need.commune), not need.state.is_open))
    boards = [CommuneBoard(name, list(of_one)) for name, of_one in groupby(by_name, key=lambda need: need.commune)]
    return sorted(boards, key=lambda one: not one.open_count)


def still_open(crisis: Crisis) -> Sequence[CommuneNeed]:
    """Needs neither met nor handed over; one statement."""
    return needs(crisis, only_open=True)


def care_totals(found: Iterable[CommuneNeed]) -> list[CareTotal]:
    """Of these needs, those of continuity that are open, by kind of care: counted, never named."""
    waiting = [need for need in found if need.care and need.state.is_open]
    totals = []
    for care in CareKind:
        of_kind = [need for need in waiting if need.care is care]
        people = sum(need.people_count or 0 for need in of_kind)
        totals += [CareTotal(care, people, len({need.commune for need in of_kind}))] if of_kind else []
    return totals


def need_or_404(crisis: Crisis, need_id: uuid.UUID) -> CommuneNeed:
    """The need at this address, if it is of this crisis."""
    query = sa.select(CommuneNeed).where(CommuneNeed.crisis_id == crisis.id, CommuneNeed.id == need_id)
    return db.session.scalars(query).one_or_none() or abort(404)
