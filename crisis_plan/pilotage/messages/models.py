"""Messages sent in a crisis: to whom, what, and what became of each."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact
    from crisis_plan.outbox import OutboxMessage
    from crisis_plan.pilotage.logbook.models import LogbookEntry


class MessageChannel(StrEnum):
    EMAIL = "email"
    TEXT = "text"
    MAILBOX = "mailbox"
    """Where the tool has no mail server: someone sends from a mailbox of their own, and says so."""

    @property
    def label(self) -> str:
        return {
            "email": "Courriel",
            "text": "SMS ou messagerie, copié à la main",
            "mailbox": "Courriel envoyé d’une autre messagerie",
        }[self.value]


class CrisisMessage(Identified, Base):
    """A message that left, or a text that someone says to have sent. Never changed afterwards."""

    __tablename__ = "crisis_messages"
    __table_args__ = (sa.UniqueConstraint("crisis_id", "number"),)

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"))
    number: Mapped[int]
    channel: Mapped[MessageChannel] = mapped_column(enum_column(MessageChannel))
    model_title: Mapped[str] = mapped_column(sa.String(160), default="")
    audience: Mapped[str] = mapped_column(sa.String(300))
    """Who was chosen, in words."""
    subject: Mapped[str] = mapped_column(sa.String(200), default="")
    text: Mapped[str] = mapped_column(sa.Text)
    entry_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("logbook_entries.id"))
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    sent_by_name: Mapped[str] = mapped_column(sa.String(160))

    entry: Mapped[LogbookEntry] = relationship("LogbookEntry")
    recipients: Mapped[list[MessageRecipient]] = relationship(
        back_populates="message", order_by="MessageRecipient.position"
    )


class MessageRecipient(Identified, Base):
    """One person of a message; what became of it is told by the outbox."""

    __tablename__ = "crisis_message_recipients"

    message_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crisis_messages.id"), index=True)
    position: Mapped[int]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """None once the person has left the directory: `name` stays as evidence."""
    name: Mapped[str] = mapped_column(sa.String(330))
    what: Mapped[str] = mapped_column(sa.String(330), default="")
    address: Mapped[str] = mapped_column(sa.String(254), default="")
    """Empty: the directory had no e-mail, and nothing left for this person."""
    outbox_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("outbox_messages.id", ondelete="SET NULL"), index=True
    )

    message: Mapped[CrisisMessage] = relationship(back_populates="recipients")
    contact: Mapped[Contact | None] = relationship("Contact")
    posted: Mapped[OutboxMessage | None] = relationship("OutboxMessage")
