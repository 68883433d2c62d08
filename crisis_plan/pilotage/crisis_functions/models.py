"""The functions of the cell in one crisis, and who is on duty from when to when."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.db import Base, Identified

if TYPE_CHECKING:
    from crisis_plan.anticipation.directory.models import Contact


class CrisisFunction(Identified, Base):
    """A function as the cell named it when the crisis opened; a function may be added during the crisis."""

    __tablename__ = "crisis_functions"

    crisis_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crises.id"), index=True)
    cell_function_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("cell_functions.id", ondelete="SET NULL"), index=True
    )
    """Where it comes from; none once the cell of the plan no longer has it."""
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(40), default="")
    name: Mapped[str] = mapped_column(sa.String(160))
    task: Mapped[str] = mapped_column(sa.Text, default="")
    is_called_for: Mapped[bool] = mapped_column(default=True)
    """Whether the level asks for it: a gap is said in red words then."""
    version: Mapped[int] = mapped_column(default=1)

    shifts: Mapped[list[Shift]] = relationship(back_populates="function", order_by="Shift.starts_at, Shift.id")


class Shift(Identified, Base):
    """Someone holds a function from one moment to another, in fact or as planned."""

    __tablename__ = "crisis_shifts"

    function_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("crisis_functions.id"), index=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("accounts.id"), index=True)
    """Whoever took it on this tool."""
    contact_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """None once the person has left the directory, or was never in it."""
    name: Mapped[str] = mapped_column(sa.String(330))
    telephone: Mapped[str] = mapped_column(sa.String(20), default="")
    """That reaches them while on duty."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    """None: until someone takes over."""
    confirmed_at: Mapped[datetime | None]
    """When someone said that they are there; none: named by the plan of the cell, still to be confirmed."""
    version: Mapped[int] = mapped_column(default=1)

    function: Mapped[CrisisFunction] = relationship(back_populates="shifts")
    contact: Mapped[Contact | None] = relationship("Contact")
