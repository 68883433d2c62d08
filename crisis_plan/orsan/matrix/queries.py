"""The ORSAN matrix, as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from flask import abort

from crisis_plan.adaptation.crisis_types import CrisisType, crisis_types
from crisis_plan.adaptation.responses import queries as responses
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.orsan.catalogue import Provision, orsan_plans
from crisis_plan.orsan.matrix import rules
from crisis_plan.orsan.matrix.gaps import Gap, gaps, lacks
from crisis_plan.orsan.matrix.models import OrsanLink, OrsanStance
from crisis_plan.orsan.matrix.rules import Card, Link, Matrix, Neighbour
from crisis_plan.orsan.matrix.stances import Stance
from crisis_plan.orsan.neighbours import queries as neighbours


@dataclass(frozen=True)
class Reading:
    """The matrix, and what was said of it; `stored` is none until somebody chose."""

    matrix: Matrix
    stored: OrsanStance | None
    stance: Stance

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps(self.matrix)


def reading(cpts: Cpts) -> Reading:
    """The matrix of the links, the action cards and the neighbouring plans of this CPTS."""
    stored = stance_row(cpts)
    told = stance(cpts, stored)
    return Reading(rules.matrix(told.links, _cards(cpts), _neighbours(cpts), told.reasons), stored, told)


def stance(cpts: Cpts, stored: OrsanStance | None) -> Stance:
    """What the CPTS said; nothing until somebody chose."""
    if stored is None:
        return Stance()
    return Stance(
        links(cpts),
        {one: stored.reasons[one.value] for one in CrisisType if stored.reasons.get(one.value)},
        {one: stored.provisions[one.value] for one in Provision if stored.provisions.get(one.value)},
    )


def links(cpts: Cpts) -> frozenset[Link]:
    """The links that are declared."""
    rows = db.session.execute(
        sa.select(OrsanLink.crisis_type, OrsanLink.orsan_plan).where(OrsanLink.cpts_id == cpts.id)
    )
    return frozenset((row.crisis_type, row.orsan_plan) for row in rows)


def stance_row(cpts: Cpts) -> OrsanStance | None:
    return db.session.scalars(sa.select(OrsanStance).where(OrsanStance.cpts_id == cpts.id)).one_or_none()


def stance_or_404(cpts: Cpts) -> OrsanStance:
    return stance_row(cpts) or abort(404)


def missing(cpts: Cpts) -> Sequence[str]:
    """What the requirement « orsan » still lacks, as French sentences."""
    stored = stance_row(cpts)
    return lacks(stance(cpts, stored) if stored else None, has_neighbour=neighbours.is_any(cpts))


def _cards(cpts: Cpts) -> list[Card]:
    return [
        Card(
            number,
            card.title,
            frozenset(crisis_types(card.crisis_types)),
            frozenset(orsan_plans(card.orsan_plans)),
            card.id,
            is_reviewed=card.reread_on is not None,
        )
        for number, card in enumerate(responses.cards(cpts), start=1)
    ]


def _neighbours(cpts: Cpts) -> list[Neighbour]:
    return [
        Neighbour(
            plan.name,
            plan.kind,
            frozenset(crisis_types(plan.crisis_types)),
            frozenset(orsan_plans(plan.orsan_plans)),
            plan.id,
            has_contact=plan.contact_id is not None,
            is_seen=plan.edition_seen_on is not None,
        )
        for plan in neighbours.plans(cpts)
    ]
