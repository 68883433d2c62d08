"""Private addresses at which a calendar application reads the dates of a CPTS."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified
from crisis_plan.organisations.models import Cpts


class CalendarFeed(Identified, Base):
    """The feed of one account in one CPTS. Its address is signed, not stored; it ends with the account's access."""

    __tablename__ = "calendar_feeds"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    cpts: Mapped[Cpts] = relationship()
