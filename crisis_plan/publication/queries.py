"""Published versions, read."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import selectinload, undefer

from crisis_plan.anticipation.directory.published import tells_published_dates
from crisis_plan.db import db
from crisis_plan.document import serial
from crisis_plan.document.blocks import Document
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication.models import Publication, PublicationFile
from crisis_plan.publication.rules import FileKind, PublicationKind

REMEMBERED = 8
"""Frozen documents kept in memory, some megabytes each: those in force are asked again and again."""


def publications(cpts: Cpts, kind: PublicationKind) -> Sequence[Publication]:
    """The versions of one kind, the latest first, with the names and sizes of their files."""
    return db.session.scalars(
        sa.select(Publication)
        .where(Publication.cpts_id == cpts.id, Publication.kind == kind)
        .options(selectinload(Publication.files))
        .order_by(Publication.number.desc())
    ).all()


def written(cpts: Cpts) -> Sequence[Publication]:
    """Every version that counts as a written plan, published here or earlier elsewhere, by its date; one statement."""
    counts = (PublicationKind.PUBLISHED, PublicationKind.EARLIER)
    query = sa.select(Publication).where(Publication.cpts_id == cpts.id, Publication.kind.in_(counts))
    return db.session.scalars(query.order_by(Publication.dated_on, Publication.published_at)).all()


def current(cpts: Cpts) -> Publication | None:
    """The version in force: the last one published. A provisional or an earlier one is never it."""
    return db.session.scalars(
        sa.select(Publication)
        .where(Publication.cpts_id == cpts.id, Publication.kind == PublicationKind.PUBLISHED)
        .order_by(Publication.number.desc())
        .limit(1)
    ).one_or_none()


def current_or_404(cpts: Cpts) -> Publication:
    return current(cpts) or abort(404)


def publication_or_404(cpts: Cpts, kind: PublicationKind, number: int) -> Publication:
    """This version of this CPTS, with the names and sizes of its files."""
    found = db.session.scalars(
        sa.select(Publication)
        .where(Publication.cpts_id == cpts.id, Publication.kind == kind, Publication.number == number)
        .options(selectinload(Publication.files))
    ).one_or_none()
    return found or abort(404)


def with_id(cpts: Cpts, publication_id: uuid.UUID) -> Publication | None:
    """The version of this identity, without its files: what a crisis kept of the plan in force when it opened."""
    query = sa.select(Publication).where(Publication.cpts_id == cpts.id, Publication.id == publication_id)
    return db.session.scalars(query).one_or_none()


def file_or_404(publication: Publication, kind: FileKind) -> PublicationFile:
    """One file of a version, with its bytes."""
    found = db.session.scalars(
        sa.select(PublicationFile)
        .where(PublicationFile.publication_id == publication.id, PublicationFile.kind == kind)
        .options(undefer(PublicationFile.content))
    ).one_or_none()
    return found or abort(404)


def next_number(cpts: Cpts, kind: PublicationKind) -> int:
    """The number that the next version of this kind will bear."""
    last = db.session.scalar(
        sa.select(sa.func.max(Publication.number)).where(Publication.cpts_id == cpts.id, Publication.kind == kind)
    )
    return (last or 0) + 1


def frozen(publication: Publication | None) -> Document | None:
    """The document as it was frozen; none for an earlier version, written elsewhere."""
    return _remembered(publication.id) if publication else None


@lru_cache(maxsize=REMEMBERED)
def _remembered(publication_id: uuid.UUID) -> Document | None:
    """What is published never changes: a document is read once, and shown many times."""
    content = db.session.scalar(sa.select(Publication.content).where(Publication.id == publication_id))
    return serial.from_json(content) if content else None


def latest_provisional(cpts: Cpts) -> Publication | None:
    """The last version shown for advice."""
    return latest_everywhere([cpts.id], PublicationKind.PROVISIONAL).get(cpts.id)


def latest_everywhere(
    cpts_ids: Collection[uuid.UUID], kind: PublicationKind = PublicationKind.PUBLISHED
) -> dict[uuid.UUID, Publication]:
    """The last version of one kind of each of these CPTS, in one statement; published: the one in force."""
    latest = (
        sa.select(Publication.cpts_id, sa.func.max(Publication.number).label("number"))
        .where(Publication.kind == kind, Publication.cpts_id.in_(cpts_ids))
        .group_by(Publication.cpts_id)
        .subquery()
    )
    query = sa.select(Publication).join(
        latest,
        sa.and_(
            Publication.cpts_id == latest.c.cpts_id,
            Publication.number == latest.c.number,
            Publication.kind == kind,
        ),
    )
    return {publication.cpts_id: publication for publication in db.session.scalars(query)}


def earlier_everywhere(cpts_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The date of the last earlier version of each of these CPTS, in one statement."""
    query = (
        sa.select(Publication.cpts_id, sa.func.max(Publication.dated_on).label("dated_on"))
        .where(Publication.kind == PublicationKind.EARLIER, Publication.cpts_id.in_(cpts_ids))
        .group_by(Publication.cpts_id)
    )
    return {row.cpts_id: row.dated_on for row in db.session.execute(query)}


def first_written_everywhere(cpts_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The day on which the plan of each of these CPTS was first written: published here, or an earlier version."""
    query = (
        sa.select(Publication.cpts_id, sa.func.min(Publication.dated_on).label("dated_on"))
        .where(Publication.kind != PublicationKind.PROVISIONAL, Publication.cpts_id.in_(cpts_ids))
        .group_by(Publication.cpts_id)
    )
    return {row.cpts_id: row.dated_on for row in db.session.execute(query)}


@tells_published_dates
def published_since(cpts_id: uuid.UUID, moment: datetime) -> Sequence[date]:
    """The dates of the versions of every kind published from this moment on, the oldest first."""
    since = (Publication.cpts_id == cpts_id, Publication.published_at >= moment)
    return db.session.scalars(sa.select(Publication.dated_on).where(*since).order_by(Publication.published_at)).all()
