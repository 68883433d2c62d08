"""The three lists, as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.adaptation.arrangements.models import Arrangement
from crisis_plan.adaptation.arrangements.rules import ArrangementKind, care_without_line, lacks
from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.adaptation.places import queries as places
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.pilotage.crisis_cell import queries as crisis_cell

if TYPE_CHECKING:
    from crisis_plan.adaptation.places.models import Place
    from crisis_plan.pilotage.crisis_cell.models import CellFunction

WHO_AND_WHERE = (joinedload(Arrangement.function), joinedload(Arrangement.place))


@dataclass(frozen=True)
class Choices:
    """Whom and where a line may name: all that the CPTS has."""

    functions: Sequence[CellFunction]
    places: Sequence[Place]


@dataclass(frozen=True)
class ListState:
    """One of the three lists, and how far it is."""

    kind: ArrangementKind
    count: int
    missing: tuple[str, ...]
    care_gaps: tuple[CareKind, ...] = ()


def choices(cpts: Cpts) -> Choices:
    """The functions of the cell and the places; a statement each."""
    return Choices(crisis_cell.functions_alone(cpts), places.places(cpts))


def arrangements(cpts: Cpts, kind: ArrangementKind) -> Sequence[Arrangement]:
    """The lines of a list in the CPTS's order, with who and where; one statement."""
    return db.session.scalars(_of(cpts).where(Arrangement.kind == kind).options(*WHO_AND_WHERE)).all()


def states(cpts: Cpts) -> tuple[ListState, ...]:
    """The three lists and how far each is; one statement."""
    known = db.session.scalars(_of(cpts)).all()
    return tuple(state_of(kind, [line for line in known if line.kind is kind]) for kind in ArrangementKind)


def state_of(kind: ArrangementKind, lines: Sequence[Arrangement]) -> ListState:
    """How far a list is."""
    gaps = care_without_line(lines) if kind.asks_care else ()
    return ListState(kind, len(lines), lacks(kind, lines), gaps)


def arrangement_or_404(cpts: Cpts, line_id: uuid.UUID) -> Arrangement:
    """A line, with who and where."""
    query = sa.select(Arrangement).where(Arrangement.cpts_id == cpts.id, Arrangement.id == line_id)
    return db.session.scalars(query.options(*WHO_AND_WHERE)).one_or_none() or abort(404)


def missing(cpts: Cpts) -> dict[ArrangementKind, tuple[str, ...]]:
    """What the requirement of each list still lacks, as French sentences; one statement."""
    return {state.kind: state.missing for state in states(cpts)}


def care_gaps(cpts: Cpts) -> tuple[CareKind, ...]:
    """The kinds of care that the list of continuity does not speak of; one statement."""
    return care_without_line(db.session.scalars(_of(cpts).where(Arrangement.kind == ArrangementKind.CONTINUITY)).all())


def _of(cpts: Cpts) -> sa.Select[Arrangement]:
    return sa.select(Arrangement).where(Arrangement.cpts_id == cpts.id).order_by(Arrangement.position, Arrangement.id)
