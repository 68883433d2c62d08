"""Which ORSAN plans the CPTS relates to each crisis type, and what it brings to the cross-cutting provisions."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.adaptation.crisis_types import CrisisType
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.orsan.catalogue import OrsanPlan


class OrsanLink(Identified, Base):
    """In this type of crisis, the CPTS's plan fits with this ORSAN plan."""

    __tablename__ = "orsan_links"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "crisis_type", "orsan_plan"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    crisis_type: Mapped[CrisisType] = mapped_column(enum_column(CrisisType))
    orsan_plan: Mapped[OrsanPlan] = mapped_column(enum_column(OrsanPlan))


class OrsanStance(Base):
    """What a CPTS says of ORSAN as a whole: one row once it has chosen its links."""

    __tablename__ = "orsan_stances"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), primary_key=True)
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By value of `CrisisType`: why no ORSAN plan fits it."""
    provisions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By value of `Provision`: what the CPTS can bring to it."""
    reviewed_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
