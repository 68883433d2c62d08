"""Opinions on the versions of a plan, read."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import aliased, joinedload, selectinload

from crisis_plan.db import db
from crisis_plan.opinions.models import Opinion, OpinionMessage
from crisis_plan.opinions.rules import WAITING, MessageKind
from crisis_plan.organisations.models import Cpts

FIRST, LAST = aliased(OpinionMessage), aliased(OpinionMessage)


def opinions(cpts: Cpts) -> Sequence[Opinion]:
    """Every opinion on every version, with what was said, the latest first."""
    return db.session.scalars(_whole().where(Opinion.cpts_id == cpts.id)).all()


def of_version(cpts: Cpts, publication_id: uuid.UUID) -> Sequence[Opinion]:
    """The opinions on one version, the latest first."""
    asked = (Opinion.cpts_id == cpts.id, Opinion.publication_id == publication_id)
    return db.session.scalars(_whole().where(*asked)).all()


def opinion_or_404(cpts: Cpts, opinion_id: uuid.UUID) -> Opinion:
    """This conversation of this CPTS, whole."""
    found = db.session.scalars(_whole().where(Opinion.cpts_id == cpts.id, Opinion.id == opinion_id)).one_or_none()
    return found or abort(404)


def last_number(opinion: Opinion) -> int:
    """The number of the last word, as the database has it now."""
    asked = sa.select(sa.func.max(OpinionMessage.number)).where(OpinionMessage.opinion_id == opinion.id)
    return db.session.scalar(asked) or 0


def waiting(cpts: Cpts) -> int:
    """How many opinions wait for a word of the CPTS."""
    return sum(waiting_by_section(cpts).values())


def waiting_by_section(cpts: Cpts) -> dict[str, int]:
    """How many wait, by the key of the requirement; empty key: the plan as a whole."""
    query = (
        sa.select(Opinion.section_key, sa.func.count().label("waiting"))
        .join(LAST, _is_last())
        .where(Opinion.cpts_id == cpts.id, LAST.kind.in_(WAITING))
        .group_by(Opinion.section_key)
    )
    return {row.section_key: row.waiting for row in db.session.execute(query)}


def waiting_of_sections(cpts: Cpts, keys: Collection[str]) -> dict[str, list[Opinion]]:
    """The opinions on these sections that wait for the CPTS, whole, the oldest first, in one statement."""
    query = (
        sa.select(Opinion)
        .join(LAST, _is_last())
        .where(Opinion.cpts_id == cpts.id, Opinion.section_key.in_(keys), LAST.kind.in_(WAITING))
        .options(joinedload(Opinion.publication), joinedload(Opinion.messages))
        .order_by(LAST.written_at, Opinion.id)
    )
    found: dict[str, list[Opinion]] = {}
    for opinion in db.session.scalars(query).unique():
        found.setdefault(opinion.section_key, []).append(opinion)
    return found


@dataclass(frozen=True)
class Tally:
    """Of one CPTS: how many opinions wait for it, and how many it has answered last."""

    waiting: int = 0
    answered: int = 0


def tallies(cpts_ids: Collection[uuid.UUID], institution_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Tally]:
    """What each of these CPTS has to answer, and has answered to these institutions, in one statement."""
    is_answer = sa.and_(LAST.kind == MessageKind.ANSWER, FIRST.institution_id.in_(institution_ids))
    query = (
        sa.select(
            Opinion.cpts_id,
            sa.func.sum(sa.case((LAST.kind.in_(WAITING), 1), else_=0)).label("waiting"),
            sa.func.sum(sa.case((is_answer, 1), else_=0)).label("answered"),
        )
        .join(LAST, _is_last())
        .join(FIRST, sa.and_(FIRST.opinion_id == Opinion.id, FIRST.number == 1))
        .where(Opinion.cpts_id.in_(cpts_ids))
        .group_by(Opinion.cpts_id)
    )
    return {row.cpts_id: Tally(int(row.waiting), int(row.answered)) for row in db.session.execute(query)}


def _whole() -> sa.Select[Opinion]:
    return (
        sa.select(Opinion)
        .options(joinedload(Opinion.publication), selectinload(Opinion.messages))
        .order_by(Opinion.opened_at.desc(), Opinion.id)
    )


def _is_last() -> sa.ColumnElement[bool]:
    """Joins the last word of each opinion."""
    newest = sa.select(sa.func.max(OpinionMessage.number)).where(OpinionMessage.opinion_id == Opinion.id)
    return sa.and_(LAST.opinion_id == Opinion.id, LAST.number == newest.correlate(Opinion).scalar_subquery())
