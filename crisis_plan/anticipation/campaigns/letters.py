"""The letters of a campaign: who was asked, who is to be called or reminded, what waits for a decision."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from crisis_plan import outbox
from crisis_plan.anticipation.campaigns.models import CampaignLetter, VerificationCampaign
from crisis_plan.db import db
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.web.pages import Page, page_of

NEVER_ANSWERED = CampaignLetter.answered_at.is_(None)


def page(campaign: VerificationCampaign, number: int) -> Page[CampaignLetter]:
    """A page of who was asked, by name."""
    contact = contacts_of_letters()
    query = sa.select(CampaignLetter).join(contact, contact.id == CampaignLetter.contact_id)
    query = query.where(CampaignLetter.campaign_id == campaign.id).order_by(contact.sort_name, CampaignLetter.id)
    return page_of(query.options(contains_eager(CampaignLetter.contact)), number)


def every_letter(campaign: VerificationCampaign) -> Sequence[CampaignLetter]:
    """Everyone who was asked, whole, in the order of the directory."""
    contact = contacts_of_letters()
    query = whole_letters().join(contact, contact.id == CampaignLetter.contact_id)
    query = query.where(CampaignLetter.campaign_id == campaign.id)
    return db.session.scalars(query.order_by(contact.sort_name, CampaignLetter.id)).all()


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
    """Who was written to, has not answered, was not verified otherwise since, and still has an e-mail."""
    contact = contacts_of_letters()
    return db.session.scalars(
        sa.select(CampaignLetter)
        .join(CampaignLetter.campaign)
        .join(contact, contact.id == CampaignLetter.contact_id)
        .where(CampaignLetter.campaign_id == campaign.id, awaits_reminder())
        .options(contains_eager(CampaignLetter.contact).selectinload(contact.emails))
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
    """No mail was written to them, it could not leave, or they have no e-mail left; needs the outbox joined."""
    has_email = contacts_of_letters().emails.any()
    return sa.or_(CampaignLetter.sent_at.is_(None), undelivered(now), ~has_email)


def awaits_reminder() -> sa.ColumnElement[bool]:
    """Written to, silent, not verified since, and with an e-mail today."""
    has_email = contacts_of_letters().emails.any()
    return sa.and_(CampaignLetter.email != "", NEVER_ANSWERED, ~verified_since(), has_email)


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
