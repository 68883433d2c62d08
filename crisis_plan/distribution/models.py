"""Who received which version, in which edition, and every proof of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.anticipation.directory.written_to import WrittenTo
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.distribution.rules import Channel, EventKind, Group
from crisis_plan.document.blocks import Edition
from crisis_plan.kept_files import KeptFile
from crisis_plan.organisations.models import Cpts
from crisis_plan.outbox import OutboxMessage
from crisis_plan.publication.models import Publication

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class Delivery(WrittenTo, Identified, Base):
    """One version for one recipient: its personal link is the identity of this row, signed."""

    __tablename__ = "plan_deliveries"
    __table_args__ = (sa.UniqueConstraint("publication_id", "contact_id"),)
    is_never_deleted = True

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)
    publication_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("publications.id"), index=True)
    group: Mapped[Group] = mapped_column("recipient_group", enum_column(Group))
    name: Mapped[str] = mapped_column(sa.String(330))
    organisation: Mapped[str] = mapped_column(sa.String(200), default="")
    edition: Mapped[Edition] = mapped_column(enum_column(Edition))
    is_marked: Mapped[bool] = mapped_column(default=False)
    """The CPTS gave them, by hand, more than their group reads: it outlasts a change of group."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))
    created_by_name: Mapped[str] = mapped_column(sa.String(160))
    revoked_at: Mapped[datetime | None]
    message_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("outbox_messages.id", ondelete="SET NULL"))
    """The last message written to them: whether it left is the outbox's to say."""
    left_at: Mapped[datetime | None]
    """When an earlier message left, once another one was written: what was given stays given."""
    version: Mapped[int] = mapped_column(default=1)

    cpts: Mapped[Cpts] = relationship()
    publication: Mapped[Publication] = relationship()
    contact: Mapped[Contact | None] = relationship("Contact")
    message: Mapped[OutboxMessage | None] = relationship()
    events: Mapped[list[DeliveryEvent]] = relationship(
        back_populates="delivery", order_by="DeliveryEvent.happened_at, DeliveryEvent.id"
    )


class DeliveryEvent(Identified, Base):
    """Sent, handed over, opened, acknowledged…: a proof, with its time. Append only."""

    __tablename__ = "delivery_events"

    delivery_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("plan_deliveries.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind))
    happened_at: Mapped[datetime]
    """When it was done here; a copy handed over bears its day in `handed_on`."""
    handed_on: Mapped[date | None]
    channel: Mapped[Channel | None] = mapped_column(enum_column(Channel))
    by_name: Mapped[str] = mapped_column(sa.String(160), default="")
    """Who did it: someone of the CPTS, or the name typed in the acknowledgement."""
    publication_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("publications.id"))
    """Of an opening: the version that was downloaded, which may be newer than the one sent."""
    document_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("delivery_documents.id"))
    """The attendance sheet or the receipt that proves it."""
    edition: Mapped[Edition | None] = mapped_column(enum_column(Edition))
    """Of what was written, handed over or downloaded; of a change, the edition since then."""
    withdraws_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("delivery_events.id"))
    """The handing that had been noted by mistake."""
    note: Mapped[str] = mapped_column(sa.String(300), default="")

    delivery: Mapped[Delivery] = relationship(back_populates="events")
    document: Mapped[DeliveryDocument | None] = relationship("DeliveryDocument")
    publication: Mapped[Publication | None] = relationship()


class DeliveryDocument(KeptFile, Base):
    """An attendance sheet, a receipt: what proves that copies were handed over."""

    __tablename__ = "delivery_documents"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id"), index=True)


class LinkVisits(Identified, Base):
    """How often one network guessed, or one personal link was asked for, in the present window."""

    __tablename__ = "link_visits"
    __table_args__ = (sa.UniqueConstraint("visitor"),)

    visitor: Mapped[str] = mapped_column(sa.String(64))
    """A network, or a link by the identity of its delivery."""
    window_began_at: Mapped[datetime]
    visits: Mapped[int]
