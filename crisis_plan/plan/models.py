"""The written sections of a plan, and every state each one has been in."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crisis_plan.access.models import Account
from crisis_plan.db import Base, Identified


class Section(Identified, Base):
    """What a CPTS wrote for one requirement: a text, or « sans objet » with its reason."""

    __tablename__ = "sections"
    __table_args__ = (sa.UniqueConstraint("cpts_id", "key"),)

    cpts_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cpts.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    waiver: Mapped[str] = mapped_column(sa.Text, default="")
    """The reason of « sans objet »; empty when the requirement applies."""
    version: Mapped[int] = mapped_column(default=1)
    edited_at: Mapped[datetime]
    edited_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))

    edited_by: Mapped[Account] = relationship()


class SectionState(Identified, Base):
    """A section as it stood after one edit: never changed, so that nothing written is ever lost."""

    __tablename__ = "section_states"
    __table_args__ = (sa.UniqueConstraint("section_id", "version"),)

    section_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("sections.id", ondelete="CASCADE"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    waiver: Mapped[str] = mapped_column(sa.Text)
    edited_at: Mapped[datetime]
    edited_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("accounts.id"))

    edited_by: Mapped[Account] = relationship()
