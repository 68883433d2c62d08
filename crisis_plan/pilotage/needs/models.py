"""The board of needs by commune."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.adaptation.care_kinds import CareKind
from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.pilotage.needs.rules import NeedKind, NeedState


class CommuneNeed(Identified, Base):
    """What one commune needs; every change of it is an entry of the logbook."""

    __tablename__ = "commune_needs"

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)
    commune_code: Mapped[str] = mapped_column(sa.String(5), default="")
    """INSEE; empty: the whole territory."""
    commune: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[NeedKind] = mapped_column(enum_column(NeedKind))
    care: Mapped[CareKind | None] = mapped_column(enum_column(CareKind))
    """Of a need of continuity: which kind of care."""
    text: Mapped[str] = mapped_column(sa.String(500))
    people_count: Mapped[int | None]
    """How many people, never who."""
    state: Mapped[NeedState] = mapped_column(enum_column(NeedState), default=NeedState.OPEN)
    answer: Mapped[str] = mapped_column(sa.String(500), default="")
    """What was put in place, or to whom it was handed over."""
    reported_by: Mapped[str] = mapped_column(sa.String(160), default="")
    """Who said so: the mairie, an EHPAD…"""
    entry_number: Mapped[int | None]
    """The entry of the logbook that tells its last change."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    updated_by_name: Mapped[str] = mapped_column(sa.String(160))
    version: Mapped[int] = mapped_column(default=1)
