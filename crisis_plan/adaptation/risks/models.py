"""Risks of the territory, and where each commune holds its register of vulnerable people."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crisis_plan.adaptation.risks.rules import RiskKind
from crisis_plan.db import Base, Identified, enum_column


class Risk(Identified, Base):
    """A risk or a threat: how likely, how serious, what is exposed; or why it is not retained."""

    __tablename__ = "risks"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "folded_name"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    kind: Mapped[RiskKind] = mapped_column(enum_column(RiskKind))
    name: Mapped[str] = mapped_column(sa.String(160))
    folded_name: Mapped[str] = mapped_column(sa.String(160))
    likelihood: Mapped[int | None]
    """`rules.Likelihood`, from 1; none: still to be judged."""
    severity: Mapped[int | None]
    """`rules.Severity`, from 1; none: still to be judged."""
    commune_codes: Mapped[list[str]] = mapped_column(default=list)
    """INSEE codes of the exposed communes; empty: the whole territory, or not said."""
    areas: Mapped[str] = mapped_column(sa.Text, default="")
    """Isolated areas: hamlets, roads that are cut."""
    facilities: Mapped[str] = mapped_column(sa.Text, default="")
    """Health facilities exposed."""
    crisis_types: Mapped[list[str]] = mapped_column(default=list)
    """Values of `CrisisType` that it may lead to."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    set_aside: Mapped[str] = mapped_column(sa.String(1000), default="")
    """Why it is not retained for this territory; empty when it is."""
    reviewed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CommuneRegister(Identified, Base):
    """Where a commune holds its register of vulnerable people: pointed to, never copied (domain, section 3)."""

    __tablename__ = "commune_registers"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "commune_code"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    commune_code: Mapped[str] = mapped_column(sa.String(5))
    held_by: Mapped[str] = mapped_column(sa.String(300))
    """« CCAS, à la mairie ; en cas d’absence, élu d’astreinte ». Never a name of a vulnerable person."""
    updated_at: Mapped[datetime]
