"""Verification campaigns, read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import abort

from crisis_plan.anticipation.campaigns import letters, rules
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.anticipation.campaigns.rules import Answer, Audience, Share
from crisis_plan.anticipation.directory import queries as directory
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.web.pages import Page, page_of

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


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


def present_email(letter: CampaignLetter) -> str:
    """Where this person is written to today: as before while they still have that e-mail; empty when they have none."""
    addresses = {email.address.lower(): email.address for email in letter.contact.emails}
    return addresses.get(letter.email.lower()) or next(iter(addresses.values()), "")


def shares(campaigns: Sequence[VerificationCampaign], now: datetime) -> dict[uuid.UUID, Share]:
    """How far each of these campaigns has come, in one statement."""
    contact, done = letters.contacts_of_letters(), letters.verified_since()
    figures = {
        "sent": OutboxMessage.sent_at.is_not(None),
        "on_its_way": sa.and_(
            OutboxMessage.id.is_not(None), OutboxMessage.sent_at.is_(None), ~letters.undelivered(now)
        ),
        "lost": letters.undelivered(now),
        "answered": ~letters.NEVER_ANSWERED,
        "confirmed": CampaignLetter.answer == Answer.CONFIRMED,
        "corrected": CampaignLetter.answer == Answer.CORRECTED,
        "waiting": CampaignLetter.correction.is_not(None),
        "verified": done,
        "to_call": sa.and_(letters.unreached(now), letters.NEVER_ANSWERED, ~done),
        "to_remind": letters.awaits_reminder(),
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
