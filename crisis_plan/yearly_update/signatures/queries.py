"""Signatures « revu sans changement », read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import abort

from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.yearly_update.signatures.models import Signature
from crisis_plan.yearly_update.signatures.rules import ThingKind

if TYPE_CHECKING:
    from crisis_plan.publication.models import Publication

ThingId = tuple[ThingKind, str]
"""What a thing is recognised by."""


def standing(base: Publication) -> dict[ThingId, Signature]:
    """What was signed since this version and not withdrawn, by thing; one statement."""
    query = sa.select(Signature).where(Signature.publication_id == base.id, Signature.withdrawn_at.is_(None))
    return {(one.kind, one.key): one for one in db.session.scalars(query)}


def count_standing(base: Publication) -> int:
    """How many things were signed since this version; one statement, which reads nothing of the plan."""
    query = sa.select(sa.func.count()).select_from(Signature)
    return db.session.scalar(query.where(Signature.publication_id == base.id, Signature.withdrawn_at.is_(None))) or 0


def printed_in(publication: Publication) -> Sequence[Signature]:
    """What this version prints as « revu sans changement », the first signed first; one statement."""
    query = sa.select(Signature).where(Signature.printed_in_id == publication.id)
    return db.session.scalars(query.order_by(Signature.signed_at, Signature.kind, Signature.label)).all()


def signature_or_404(cpts: Cpts, signature_id: uuid.UUID) -> Signature:
    query = sa.select(Signature).where(Signature.cpts_id == cpts.id, Signature.id == signature_id)
    return db.session.scalars(query).one_or_none() or abort(404)


def with_ids(cpts: Cpts, ids: Sequence[uuid.UUID]) -> Sequence[Signature]:
    """These signatures of the CPTS; one statement."""
    return db.session.scalars(sa.select(Signature).where(Signature.cpts_id == cpts.id, Signature.id.in_(ids))).all()
