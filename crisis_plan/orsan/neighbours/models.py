"""The plans of others: who keeps them, the edition that was seen, what each side asks of the other."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.kept_files import KeptFile
from crisis_plan.orsan.catalogue import NeighbourKind

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class NeighbouringPlan(Identified, Base):
    """A plan that the CPTS's own must fit with (domain, section 4)."""

    __tablename__ = "neighbouring_plans"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "folded_name"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    kind: Mapped[NeighbourKind] = mapped_column(enum_column(NeighbourKind))
    own_kind: Mapped[str] = mapped_column(sa.String(80), default="")
    """What it is, where the catalogue does not say."""
    name: Mapped[str] = mapped_column(sa.String(160))
    folded_name: Mapped[str] = mapped_column(sa.String(160))
    owner: Mapped[str] = mapped_column(sa.String(160), default="")
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    edition: Mapped[str] = mapped_column(sa.String(160), default="")
    """« Édition 2025, révision B »."""
    edition_seen_on: Mapped[date | None]
    """The day on which the CPTS last saw it."""
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    """Where it is, on the web."""
    whereabouts: Mapped[str] = mapped_column(sa.String(300), default="")
    """Where it is otherwise: « en mairie, consultable sur demande »."""
    asks_of_cpts: Mapped[str] = mapped_column(sa.Text, default="")
    asked_by_cpts: Mapped[str] = mapped_column(sa.Text, default="")
    crisis_types: Mapped[list[str]] = mapped_column(default=list)
    """Values of `CrisisType` that it serves in."""
    orsan_plans: Mapped[list[str]] = mapped_column(default=list)
    """Values of `OrsanPlan` that it goes with."""
    next_check_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    contact: Mapped[Contact | None] = relationship("Contact")
    file: Mapped[NeighbouringPlanFile | None] = relationship(back_populates="plan", cascade="all, delete-orphan")


class NeighbouringPlanFile(KeptFile, Base):
    """The edition that was seen, kept as it was received."""

    __tablename__ = "neighbouring_plan_files"

    plan_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("neighbouring_plans.id", ondelete="CASCADE"), unique=True)

    plan: Mapped[NeighbouringPlan] = relationship(back_populates="file")
