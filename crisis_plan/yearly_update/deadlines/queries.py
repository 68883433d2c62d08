"""The deadlines of a CPTS, its contract's documents, and the reminders that were written."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import undefer

from crisis_plan import clock, history
from crisis_plan.db import db
from crisis_plan.distribution import queries as distribution
from crisis_plan.organisations import queries as organisations
from crisis_plan.organisations.models import Cpts
from crisis_plan.publication import queries as publication
from crisis_plan.yearly_update.deadlines import rules, sentences
from crisis_plan.yearly_update.deadlines.models import ContractDocument, DeadlineReminder
from crisis_plan.yearly_update.deadlines.rules import Achieved, Deadline, MissionYear
from crisis_plan.yearly_update.deadlines.sentences import DeadlineDay
from crisis_plan.yearly_update.deadlines.stages import stage_due

Reminded = tuple[str, date]
"""A deadline by its key, at the day that it had."""


def deadlines_of(cpts: Cpts, today: date) -> tuple[Deadline, ...]:
    """All that is due of the mission, and what marks its years, by day."""
    return rules.deadlines(cpts, achieved_of(cpts), today)


def mission_years_of(cpts: Cpts, today: date) -> tuple[MissionYear, ...]:
    """Five years of the mission, or as many as it has begun; none while its first day is missing."""
    return rules.mission_years(cpts.mission_started_on, today)


def achieved_of(cpts: Cpts) -> Achieved:
    """What was done of the plan; nobody was given one that is not written."""
    written = written_everywhere([cpts])[cpts.id]
    if written.written_on is None:
        return written
    return replace(written, communicated_on=distribution.communicated_to_partners_on(cpts))


def written_everywhere(several: Collection[Cpts]) -> dict[uuid.UUID, Achieved]:
    """What each of these CPTS wrote; whom it was communicated to is asked for one of them at a time."""
    written = publication.first_written_everywhere([cpts.id for cpts in several])
    current = publication.latest_everywhere(written) if written else {}
    published = {cpts_id: version.dated_on for cpts_id, version in current.items()}
    earlier = publication.earlier_everywhere(written) if written else {}
    return {
        cpts.id: Achieved(
            written_on=written.get(cpts.id), published_on=published.get(cpts.id), earlier_on=earlier.get(cpts.id)
        )
        for cpts in several
    }


def calendar_days(cpts: Cpts, today: date) -> tuple[DeadlineDay, ...]:
    """The deadlines as days of a calendar, the same wherever they are read."""
    changed_at = _changed_at(cpts)
    versions = publication.written(cpts)
    found = deadlines_of(cpts, today)
    return (
        *sentences.calendar_days(found, cpts, changed_at),
        *sentences.update_days(found, cpts, max([changed_at, *(one.published_at for one in versions)]), len(versions)),
    )


def _changed_at(cpts: Cpts) -> datetime:
    """When its contract, or what else is said of it, last changed."""
    last = history.events_of(cpts.id, "cpts", cpts.id, 1).items
    return last[0].at if last else cpts.created_at


@dataclass(frozen=True)
class Kept:
    """A signed document, and whether it is the one that counts: the latest of its source."""

    document: ContractDocument
    counts: bool


def kept_documents(cpts: Cpts) -> list[Kept]:
    """Contract first, then amendment; of each the latest first."""
    found = db.session.scalars(
        sa.select(ContractDocument)
        .where(ContractDocument.cpts_id == cpts.id)
        .order_by(ContractDocument.source.desc(), ContractDocument.added_at.desc(), ContractDocument.id)
    ).all()
    latest = {one.source: one for one in reversed(found)}
    return [Kept(one, latest[one.source] is one) for one in found]


def document_or_404(cpts: Cpts, document_id: uuid.UUID) -> ContractDocument:
    """A document of this CPTS, with its bytes."""
    kept = (ContractDocument.cpts_id == cpts.id, ContractDocument.id == document_id)
    query = sa.select(ContractDocument).where(*kept).options(undefer(ContractDocument.content))
    return db.session.scalars(query).one_or_none() or abort(404)


def waiting(now: datetime) -> list[uuid.UUID]:
    """The CPTS where some reminder is due at their own date and was not written."""
    every = organisations.every_cpts()
    written, sent = written_everywhere(every), reminders([cpts.id for cpts in every])
    perhaps = [cpts for cpts in every if _due(cpts, written[cpts.id], sent[cpts.id], now)]
    return [cpts.id for cpts in perhaps if due(cpts, now)]


def due(cpts: Cpts, now: datetime) -> list[tuple[Deadline, str]]:
    """What is to be reminded of in this CPTS now, each with its stage."""
    return _due(cpts, achieved_of(cpts), reminders([cpts.id])[cpts.id], now)


def _due(
    cpts: Cpts, achieved: Achieved, sent: Mapping[Reminded, Collection[str]], now: datetime
) -> list[tuple[Deadline, str]]:
    today = clock.local(now, cpts).date()
    to_do = [one for one in rules.deadlines(cpts, achieved, today) if one.kind.is_to_do and one.done_on is None]
    staged = [(one, stage_due(one.on, today, sent.get((one.key, one.on), ()))) for one in to_do]
    return [(one, stage) for one, stage in staged if stage]


def cpts_with_ids(ids: Collection[uuid.UUID]) -> Sequence[Cpts]:
    """In the order in which everybody holds them."""
    return db.session.scalars(sa.select(Cpts).where(Cpts.id.in_(ids)).order_by(Cpts.id)).all()


def reminders(cpts_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[Reminded, set[str]]]:
    """The stages already written, by CPTS, then by deadline and its day."""
    found: dict[uuid.UUID, dict[Reminded, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in db.session.scalars(sa.select(DeadlineReminder).where(DeadlineReminder.cpts_id.in_(cpts_ids))):
        found[one.cpts_id][one.deadline, one.due_on].add(one.stage)
    return found
