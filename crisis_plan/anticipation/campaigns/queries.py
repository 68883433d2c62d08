"""Verification campaigns, read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from crisis_plan import outbox
from crisis_plan.anticipation.campaigns import rules
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.anticipation.campaigns.rules import Answer, Audience, Share
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.web.pages import Page, page_of

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact

NEVER_ANSWERED = CampaignLetter.answered_at.is_(None)


def audience(cpts: Cpts, asked: Audience, today: date) -> list[Contact]:
    """The contacts of the directory that an audience means, whole, by name."""
    filters = directory.Filters(kind=asked.kind, profession=asked.profession, commune=asked.commune)
    found = directory.contacts(cpts, filters)
    return [contact for contact in found if asked.freshness.keeps(contact.verified_on, today)]


def page(cpts: Cpts, number: int) -> Page[VerificationCampaign]:
    """A page of the campaigns, the latest first."""
    query = sa.select(VerificationCampaign).where(VerificationCampaign.cpts_id == cpts.id)
    return page_of(query.order_by(VerificationCampaign.opened_at.desc(), VerificationCampaign.id), number)


def campaign_or_404(cpts: Cpts, campaign_id: uuid.UUID) -> VerificationCampaign:
    return db.session.scalars(
        sa.select(VerificationCampaign).where(
            VerificationCampaign.cpts_id == cpts.id, VerificationCampaign.id == campaign_id
        )
    ).one_or_none() or abort(404)


def open_campaigns(cpts: Cpts, today: date) -> Sequence[VerificationCampaign]:
    """Those whose links answer today."""
    return db.session.scalars(
        sa.select(VerificationCampaign)
        .where(
            VerificationCampaign.cpts_id == cpts.id,
            VerificationCampaign.closed_at.is_(None),
            VerificationCampaign.closes_on >= today,
        )
        .order_by(VerificationCampaign.closes_on, VerificationCampaign.id)
    ).all()


def is_open(campaign: VerificationCampaign, today: date) -> bool:
    """Whether its personal links answer."""
    return rules.is_open(is_closed=campaign.closed_at is not None, last_day=campaign.closes_on, today=today)


def shares(campaigns: Sequence[VerificationCampaign], now: datetime) -> dict[uuid.UUID, Share]:
    """How far each of these campaigns has come, in one statement."""
    contact, done = contacts_of_letters(), verified_since()
    figures = {
        "sent": sa.and_(CampaignLetter.sent_at.is_not(None), ~undelivered(now)),
        "answered": ~NEVER_ANSWERED,
        "confirmed": CampaignLetter.answer == Answer.CONFIRMED,
        "corrected": CampaignLetter.answer == Answer.CORRECTED,
        "waiting": CampaignLetter.correction.is_not(None),
        "verified": done,
        "to_call": sa.and_(unreached(now), NEVER_ANSWERED, ~done),
        "to_remind": sa.and_(CampaignLetter.email != "", NEVER_ANSWERED, ~done),
    }
    counted = [sa.func.sum(sa.case((condition, 1), else_=0)).label(name) for name, condition in figures.items()]
    rows = db.session.execute(
        sa.select(CampaignLetter.campaign_id, sa.func.count().label("asked"), *counted)
        .join(CampaignLetter.campaign)
        .join(contact, contact.id == CampaignLetter.contact_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == CampaignLetter.message_id)
        .where(CampaignLetter.campaign_id.in_([campaign.id for campaign in campaigns]))
        .group_by(CampaignLetter.campaign_id)
    )
    found = {row.campaign_id: Share(row.asked, **{name: getattr(row, name) for name in figures}) for row in rows}
    return {campaign.id: found.get(campaign.id, Share()) for campaign in campaigns}


def letters(campaign: VerificationCampaign, number: int) -> Page[CampaignLetter]:
    """A page of who was asked, by name."""
    contact = contacts_of_letters()
    query = sa.select(CampaignLetter).join(contact, contact.id == CampaignLetter.contact_id)
    query = query.where(CampaignLetter.campaign_id == campaign.id).order_by(contact.sort_name, CampaignLetter.id)
    return page_of(query.options(contains_eager(CampaignLetter.contact)), number)


def call_list(campaign: VerificationCampaign, now: datetime) -> Sequence[CampaignLetter]:
    """Everyone that mail does not reach and who has not answered, by name; also those called since."""
    return db.session.scalars(_to_call(campaign, now)).all()


def call_page(campaign: VerificationCampaign, now: datetime, number: int) -> Page[CampaignLetter]:
    """A page of the call list."""
    return page_of(_to_call(campaign, now), number)


def _to_call(campaign: VerificationCampaign, now: datetime) -> sa.Select[CampaignLetter]:
    contact = contacts_of_letters()
    return (
        sa.select(CampaignLetter)
        .join(contact, contact.id == CampaignLetter.contact_id)
        .outerjoin(OutboxMessage, OutboxMessage.id == CampaignLetter.message_id)
        .where(CampaignLetter.campaign_id == campaign.id, unreached(now), NEVER_ANSWERED)
        .options(contains_eager(CampaignLetter.contact).selectinload(contact.phones))
        .options(contains_eager(CampaignLetter.contact).selectinload(contact.places))
        .order_by(contact.sort_name, CampaignLetter.id)
    )


def to_remind(campaign: VerificationCampaign) -> Sequence[CampaignLetter]:
    """Who received a link, has not answered, and was not verified otherwise since."""
    contact = contacts_of_letters()
    return db.session.scalars(
        sa.select(CampaignLetter)
        .join(CampaignLetter.campaign)
        .join(contact, contact.id == CampaignLetter.contact_id)
        .where(CampaignLetter.campaign_id == campaign.id, CampaignLetter.email != "", NEVER_ANSWERED, ~verified_since())
        .options(contains_eager(CampaignLetter.contact))
        .order_by(contact.sort_name, CampaignLetter.id)
    ).all()


def letter_or_404(campaign: VerificationCampaign, letter_id: uuid.UUID) -> CampaignLetter:
    return db.session.scalars(
        whole_letters().where(CampaignLetter.campaign_id == campaign.id, CampaignLetter.id == letter_id)
    ).one_or_none() or abort(404)


def letter_with_id(letter_id: uuid.UUID) -> CampaignLetter | None:
    """A letter by its link, with its campaign and its contact; none once the contact has left the directory."""
    return db.session.scalars(whole_letters().where(CampaignLetter.id == letter_id)).one_or_none()


def corrections(cpts: Cpts, number: int) -> Page[CampaignLetter]:
    """A page of the corrections that wait for a decision, the oldest first."""
    query = whole_letters().join(CampaignLetter.campaign).where(VerificationCampaign.cpts_id == cpts.id)
    waiting = query.where(CampaignLetter.correction.is_not(None))
    return page_of(waiting.order_by(CampaignLetter.answered_at, CampaignLetter.id), number)


def correction_or_404(cpts: Cpts, letter_id: uuid.UUID) -> CampaignLetter:
    """A letter of this CPTS whose correction waits, or was decided meanwhile."""
    query = whole_letters().join(CampaignLetter.campaign).where(VerificationCampaign.cpts_id == cpts.id)
    return db.session.scalars(query.where(CampaignLetter.id == letter_id)).one_or_none() or abort(404)


def waiting_corrections(cpts: Cpts) -> int:
    """How many corrections wait for a decision."""
    query = sa.select(sa.func.count()).select_from(CampaignLetter).join(CampaignLetter.campaign)
    return (
        db.session.scalar(query.where(VerificationCampaign.cpts_id == cpts.id, CampaignLetter.correction.is_not(None)))
        or 0
    )


def whole_letters() -> sa.Select[CampaignLetter]:
    """Letters with their campaign and everything that their contact is reached by."""
    contact, loaded = contacts_of_letters(), selectinload(CampaignLetter.contact)
    parts = [loaded.selectinload(part) for part in (contact.places, contact.phones, contact.emails)]
    return sa.select(CampaignLetter).options(
        joinedload(CampaignLetter.campaign).joinedload(VerificationCampaign.cpts), *parts
    )


def unreached(now: datetime) -> sa.ColumnElement[bool]:
    """No mail was written to them, or it could not leave; needs the outbox joined."""
    return sa.or_(CampaignLetter.sent_at.is_(None), undelivered(now))


def undelivered(now: datetime) -> sa.ColumnElement[bool]:
    """The mail server refused the message, or nobody sent it in time."""
    waited = OutboxMessage.created_at < now - outbox.TOO_OLD_AFTER if outbox.sends_mail() else sa.false()
    stuck = sa.and_(OutboxMessage.sent_at.is_(None), sa.or_(OutboxMessage.last_error != "", waited))
    return sa.func.coalesce(stuck, sa.false())


def verified_since() -> sa.ColumnElement[bool]:
    """The contact was verified from the first day of the campaign on, in whatever way."""
    fresh: sa.ColumnElement[bool] = contacts_of_letters().verified_on >= VerificationCampaign.opened_on
    return sa.func.coalesce(fresh, sa.false())


def contacts_of_letters() -> Any:
    """The directory's contacts, as letters know them."""
    return CampaignLetter.contact.property.mapper.class_
