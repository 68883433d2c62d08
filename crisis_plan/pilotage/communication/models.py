"""By what the CPTS speaks in a crisis, and what it has ready to say."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.pilotage.calls.choices import Audience, Choice, choice
from crisis_plan.pilotage.communication.rules import ChannelKind, Moment

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class Channel(Identified, Base):
    """A way of reaching people: a mailing list, a group of a messaging service, posters in the surgeries…"""

    __tablename__ = "communication_channels"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    """The order in which one tries them."""
    kind: Mapped[ChannelKind] = mapped_column(enum_column(ChannelKind))
    name: Mapped[str] = mapped_column(sa.String(160))
    serves: Mapped[str] = mapped_column(sa.String(300), default="")
    """Whom it reaches."""
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """Who holds it, when they are in the directory."""
    held_by: Mapped[str] = mapped_column(sa.String(200), default="")
    """Who holds it, in words."""
    fallback: Mapped[str] = mapped_column(sa.String(300), default="")
    """What takes its place when the network is down."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    contact: Mapped[Contact | None] = relationship("Contact")


class MessageModel(Identified, Base):
    """A message prepared in peace time: whom it is for, when it is sent, a long text and a short one."""

    __tablename__ = "message_models"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    """The order within its moment."""
    proposal: Mapped[str] = mapped_column(sa.String(40), default="")
    """The key of the proposed message that it comes from (`proposals`); empty for one's own."""
    title: Mapped[str] = mapped_column(sa.String(160))
    crisis_types: Mapped[list[str]] = mapped_column(default=list)
    """Values of `CrisisType`; empty: for every crisis."""
    moment: Mapped[Moment] = mapped_column(enum_column(Moment))
    audience: Mapped[Audience | None] = mapped_column(enum_column(Audience))
    audience_which: Mapped[str] = mapped_column(sa.String(120), default="")
    """Which profession or commune."""
    audience_words: Mapped[str] = mapped_column(sa.String(200), default="")
    """For whom, where no audience of the directory says it: « Mairies du territoire »."""
    subject: Mapped[str] = mapped_column(sa.String(200), default="")
    email_text: Mapped[str] = mapped_column(sa.Text, default="")
    short_text: Mapped[str] = mapped_column(sa.Text, default="")
    """For SMS and messaging services."""
    reread_on: Mapped[date | None]
    """The day when someone of the CPTS last said that it is right; none: proposed, and nobody has read it yet."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def choice(self) -> Choice | None:
        """The people of the directory that it is for; none where only words say it."""
        return choice(self.audience, self.audience_which) if self.audience else None

    @property
    def for_whom(self) -> str:
        """« Adhérents », « Profession : Infirmier », « Mairies du territoire »; empty when it is chosen on the day."""
        chosen = self.choice
        return " – ".join(words for words in (chosen.in_words if chosen else "", self.audience_words) if words)
