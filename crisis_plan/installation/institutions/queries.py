"""The institutions and who reads for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.access.models import Readership
from crisis_plan.db import db
from crisis_plan.folding import folded
from crisis_plan.organisations import communes
from crisis_plan.organisations import queries as organisations
from crisis_plan.organisations.models import Institution


@dataclass(frozen=True)
class Line:
    """An institution in the operator's list."""

    institution: Institution
    area: str
    readers: int


def listed() -> list[Line]:
    """Every institution with its area in words and the number of its readers."""
    counting = sa.select(Readership.institution_id, sa.func.count().label("readers")).group_by(
        Readership.institution_id
    )
    readers = {row.institution_id: row.readers for row in db.session.execute(counting)}
    return [Line(one, area(one), readers.get(one.id, 0)) for one in organisations.institutions()]


def area(institution: Institution) -> str:
    """« Occitanie », or « Gard (30), Hérault (34) »."""
    if institution.departements:
        return communes.departement_names(institution.departements)
    region = communes.region(institution.region)
    return region.name if region else institution.region


def readers(institution: Institution) -> Sequence[Readership]:
    """Who reads for this institution, by name."""
    found = db.session.scalars(
        sa.select(Readership).where(Readership.institution_id == institution.id).options(joinedload(Readership.account))
    )
    return sorted(found, key=lambda one: (folded(one.account.name), one.account.email))


def reader_or_404(institution: Institution, readership_id: uuid.UUID) -> Readership:
    query = sa.select(Readership).where(Readership.institution_id == institution.id, Readership.id == readership_id)
    return db.session.scalars(query.options(joinedload(Readership.account))).one_or_none() or abort(404)
