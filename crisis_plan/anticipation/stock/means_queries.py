"""The other means of a CPTS."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from crisis_plan.anticipation.stock.models import OtherMeans
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts


def other_means(cpts: Cpts) -> Sequence[OtherMeans]:
    """Each with its contact, kind by kind then by name."""
    return db.session.scalars(all_of(cpts)).all()


def all_of(cpts: Cpts) -> sa.Select[OtherMeans]:
    return (
        sa.select(OtherMeans)
        .where(OtherMeans.cpts_id == cpts.id)
        .options(joinedload(OtherMeans.contact))
        .order_by(OtherMeans.kind, OtherMeans.name, OtherMeans.id)
    )


def means_or_404(cpts: Cpts, means_id: uuid.UUID) -> OtherMeans:
    return db.session.scalars(all_of(cpts).where(OtherMeans.id == means_id)).one_or_none() or abort(404)
