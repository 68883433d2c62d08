"""Verification campaigns: who was asked to confirm their line of the directory, and what they answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.anticipation.campaigns.rules import Answer, Decision
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.organisations.models import Cpts

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class VerificationCampaign(Identified, Base):
    """A round of the directory: some contacts are asked to confirm or correct what is kept of them."""

    __tablename__ = "verification_campaigns"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(sa.String(160))
    audience: Mapped[str] = mapped_column(sa.String(300))
    """Who was chosen, in words: « Adhérents, à vérifier »."""
    applies_answers: Mapped[bool]
    """Whether a correction changes the directory at once; else it waits for someone of the CPTS."""
    opened_at: Mapped[datetime]
    opened_on: Mapped[date]
    """The same day as the CPTS's calendar shows it: who is verified from then on is verified."""
    opened_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    closes_on: Mapped[date]
    """Last day on which the personal links answer."""
    reminded_at: Mapped[datetime | None]
    """There is one reminder, and no more."""
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    cpts: Mapped[Cpts] = relationship()
    letters: Mapped[list[CampaignLetter]] = relationship(back_populates="campaign", cascade="all, delete-orphan")


class CampaignLetter(Identified, Base):
    """One contact of a campaign. It disappears with the contact."""

    __tablename__ = "campaign_letters"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "contact_id"),)

    campaign_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("verification_campaigns.id", ondelete="CASCADE"))
    contact_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    """Where the personal link went; empty: to be called."""
    message_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("outbox_messages.id", ondelete="SET NULL"))
    """The last message written to this person: whether it left is the outbox's to say."""
    sent_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[Answer | None] = mapped_column(enum_column(Answer))
    correction: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """What the person wrote, while it waits for a decision; emptied once decided."""
    decision: Mapped[Decision | None] = mapped_column(enum_column(Decision))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"))

    campaign: Mapped[VerificationCampaign] = relationship(back_populates="letters")
    contact: Mapped[Contact] = relationship("Contact")
