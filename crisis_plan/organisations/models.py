"""The tenants (CPTS) and the institutions that read what they publish."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified, enum_column
from crisis_plan.organisations.communes import departements_of
from crisis_plan.organisations.rules import MissionSource, Size


class InstitutionKind(StrEnum):
    ARS = "ars"
    CPAM = "cpam"
    MSA = "msa"

    @property
    def label(self) -> str:
        return self.value.upper()


class Cpts(Identified, Base):
    """A territorial community of health professionals: one tenant, one plan."""

    __tablename__ = "cpts"
    is_never_deleted = True

    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[str] = mapped_column(sa.String(160))
    legal_name: Mapped[str] = mapped_column(sa.String(200), default="")
    siret: Mapped[str] = mapped_column(sa.String(14), default="")
    address: Mapped[str] = mapped_column(sa.String(400), default="")
    president: Mapped[str] = mapped_column(sa.String(160), default="")
    cpam_name: Mapped[str] = mapped_column(sa.String(160), default="")
    region: Mapped[str] = mapped_column(sa.String(3))
    departements: Mapped[list[str]] = mapped_column(default=list)
    stated_inhabitants: Mapped[int | None]
    """The contract's figure, where it differs from the sum of the communes."""
    stated_size: Mapped[Size | None] = mapped_column(enum_column(Size))
    contract_signed_on: Mapped[date | None]
    amendment_signed_on: Mapped[date | None]
    deadlines_from: Mapped[MissionSource | None] = mapped_column(enum_column(MissionSource))
    """Which of the two signatures starts the clock; none: the CPTS has not said."""
    mission_started_on: Mapped[date | None]
    time_zone: Mapped[str] = mapped_column(sa.String(60), default="Europe/Paris")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    communes: Mapped[list[CptsCommune]] = relationship(cascade="all, delete-orphan", order_by="CptsCommune.code")


class CptsCommune(Base):
    """A commune of a CPTS's territory, by its INSEE code; names and inhabitants are in `communes`."""

    __tablename__ = "cpts_communes"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(5), primary_key=True)


class Institution(Identified, Base):
    """An ARS, a CPAM or an MSA, and the area whose CPTS it follows: a region, or some départements of it."""

    __tablename__ = "institutions"

    kind: Mapped[InstitutionKind] = mapped_column(enum_column(InstitutionKind))
    name: Mapped[str] = mapped_column(sa.String(160))
    region: Mapped[str] = mapped_column(sa.String(3))
    departements: Mapped[list[str]] = mapped_column(default=list)
    """Empty: the whole region."""
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    def covers(self, cpts: Cpts) -> bool:
        """Whether some of this CPTS is in the institution's area: it may spread over two régions."""
        return bool(set(self.departements or departements_of(self.region)) & set(cpts.departements))
