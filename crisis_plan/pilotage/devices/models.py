"""Devices that write in a crisis, and how many entries each still holds."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.db import Base, Identified


class CrisisDevice(Identified, Base):
    """What a device last said of itself: closing warns of those that hold unsent entries."""

    __tablename__ = "crisis_devices"
    __table_args__ = (sa.UniqueConstraint("crisis_id", "account_id", "device_key"),)

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"))
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"), index=True)
    account_name: Mapped[str] = mapped_column(sa.String(160))
    device_key: Mapped[uuid.UUID]
    """Made by the browser: tells two telephones of one person apart."""
    device_name: Mapped[str] = mapped_column(sa.String(80), default="")
    """« Téléphone », « Ordinateur »."""
    waiting: Mapped[int] = mapped_column(default=0)
    """Entries typed there and not sent yet."""
    heard_at: Mapped[datetime]
