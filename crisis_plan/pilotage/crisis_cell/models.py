"""The crisis cell: its functions, who holds them, and where it meets."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.anticipation.directory.holding import HeldForATime
from crisis_plan.anticipation.referents.rules import Rank
from crisis_plan.anticipation.referents.wording import holder_in_words
from crisis_plan.db import Base, Identified, enum_column

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class CellFunction(Identified, Base):
    """A function of the cell; the list is the CPTS's own (domain, section 6)."""

    __tablename__ = "cell_functions"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "name"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(40), default="")
    """`pilot` and `secretariat` must be held; empty for a function of the CPTS's own."""
    name: Mapped[str] = mapped_column(sa.String(160))
    task: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    duties: Mapped[list[CellDuty]] = relationship(
        back_populates="function", cascade="all, delete-orphan", order_by="CellDuty.starts_on"
    )


class CellDuty(HeldForATime, Identified, Base):
    """A contact holds a function, as titular or deputy, from one day to another."""

    __tablename__ = "cell_duties"

    function_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cell_functions.id", ondelete="CASCADE"), index=True)
    rank: Mapped[Rank] = mapped_column(enum_column(Rank))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    function: Mapped[CellFunction] = relationship(back_populates="duties")
    contact: Mapped[Contact] = relationship("Contact")
    """Of a duty that is over: none once the contact has left the directory, as `holder` says."""

    @property
    def holder(self) -> str:
        """Who holds it, or held it."""
        return holder_in_words(self)


class CellPlace(Base):
    """Where the cell meets, and where it falls back."""

    __tablename__ = "cell_places"

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(160), default="")
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    access: Mapped[str] = mapped_column(sa.Text, default="")
    """Keys and access: never in the public edition."""
    video: Mapped[str] = mapped_column(sa.String(300), default="")
    telephone_bridge: Mapped[str] = mapped_column(sa.String(80), default="")
    fallback_name: Mapped[str] = mapped_column(sa.String(160), default="")
    fallback_address: Mapped[str] = mapped_column(sa.String(300), default="")
    fallback_access: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
