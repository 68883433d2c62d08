"""Places that can be opened in a crisis."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class Place(Identified, Base):
    """A *lieu mobilisable*: a hall, a school, a surgery that the CPTS may open."""

    __tablename__ = "mobilisable_places"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "folded_name"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(160))
    folded_name: Mapped[str] = mapped_column(sa.String(160))
    """Name and commune without accents or case: one place of a name in a commune."""
    kind: Mapped[str] = mapped_column(sa.String(80), default="")
    """« Salle des fêtes », « Gymnase », « Maison de santé »…"""
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    postal_code: Mapped[str] = mapped_column(sa.String(5), default="")
    commune: Mapped[str] = mapped_column(sa.String(120), default="")
    capacity: Mapped[int | None]
    """People at a time."""
    capacity_note: Mapped[str] = mapped_column(sa.String(300), default="")
    """« 3 boxes de vaccination, 40 places assises »."""
    keys: Mapped[str] = mapped_column(sa.String(400), default="")
    """Where the keys are, and who has them: never in the public edition."""
    access: Mapped[str] = mapped_column(sa.String(400), default="")
    """Parking, ambulance, wheelchairs."""
    power: Mapped[str] = mapped_column(sa.String(300), default="")
    network: Mapped[str] = mapped_column(sa.String(300), default="")
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """Whom to ask at the mairie, or who owns the place."""
    crisis_types: Mapped[list[str]] = mapped_column(default=list)
    """Values of `CrisisType` that the place serves."""
    checked_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    contact: Mapped[Contact | None] = relationship("Contact")
